// Every page of the console: a path, or how to find it from one that is known.

/** `find`: on the page at `path`, the link that leads there. `stranger`: looked at by nobody who is
 *  signed in. `isComing`: it need not be there yet. */
export const PAGES = [
  { name: 'sign-in', path: '/sign-in', stranger: true },
  { name: 'start', path: '/start', stranger: true },
  { name: 'today', path: '/' },
  { name: 'orders', path: '/orders' },
  { name: 'orders-none', path: '/orders?search=nothing+is+called+this' },
  { name: 'order', path: '/orders', find: 'tr[data-row] a[href^="/orders/"]' },
  { name: 'reroute', path: '/orders?state=open', find: 'tr[data-row] a[href^="/orders/"]', then: '/reroute' },
  { name: 'batches', path: '/orders/batches' },
  { name: 'inventory', path: '/inventory' },
  { name: 'import', path: '/inventory/import' },
  { name: 'locations', path: '/locations' },
  { name: 'rules', path: '/rules' },
  { name: 'rules-edit', path: '/rules/edit' },
  { name: 'rules-set', path: '/rules/1' },
  { name: 'rules-publish', path: '/rules/1/publish' },
  { name: 'exceptions', path: '/exceptions?owner=all' },
  { name: 'exceptions-none', path: '/exceptions?owner=all&kind=connector_failure' },
  { name: 'exceptions-resolved', path: '/exceptions?owner=all&state=resolved' },
  { name: 'exception', path: '/exceptions?owner=all&state=resolved', find: 'tr[data-row] a[href^="/exceptions/"]' },
  { name: 'playbooks', path: '/exceptions/playbooks' },
  { name: 'playbook', path: '/exceptions/playbooks/late_pick' },
  { name: 'inbox', path: '/inbox' },
  { name: 'notifications', path: '/settings/notifications' },
  { name: 'settings', path: '/settings' },
  { name: 'settings-https', path: '/settings/https' },
  { name: 'welcome', path: '/welcome' },
  { name: 'welcome-shop', path: '/welcome/shop' },
  { name: 'welcome-rules', path: '/welcome/rules' },
  { name: 'welcome-orders', path: '/welcome/orders' },
  { name: 'demo', path: '/demo' },
  { name: 'not-found', path: '/nothing-is-here' },
]

/** Goes to a page. False: there is no such page yet, or nothing to find. */
export async function visit(page, shop, { path, find, then = '' }) {
  const answer = await page.goto(shop.url + path)
  if (!find) return answer.status() < 500 && (answer.status() !== 404 || path === '/nothing-is-here')
  const link = page.locator(find).first()
  if (!(await link.count())) return false
  const found = await page.goto(new URL((await link.getAttribute('href')) + then, shop.url).href)
  return found.ok()
}

/** Looks as somebody may have chosen: theme and density live in a cookie. */
export const chooseLook = (context, shop, { theme = 'light', density = 'roomy', keys = 'on', language = '' }) =>
  context.addCookies([{ name: 'baton-look', value: [theme, density, keys, language].join('.'), url: shop.url }])
