// Every page of the console: where it is, and what must be done to see it.

/**
 * `path`: where it is, of what `furnish` made. `route`: as the program lists it, where the path is not the same. `shop`: whose
 * page it is: the demo's, furnished (`full`, unless another is named); one before its first owner (`unowned`); one with an
 * owner and nothing else (`empty`); one with a place and nothing else (`bare`); one with a CA of its own (`https`).
 * `stranger`: looked at by nobody who is signed in. `act`: what somebody does there to see it. `status`: what it answers, if
 * not 200. `isScreen`: a picture of what the screen shows, not of the whole page.
 *
 * crates/console/tests/browser.rs reads this file: each route of the console is named in it.
 */
export const PAGES = [
  { name: 'sign-in', path: '/sign-in', stranger: true },
  { name: 'sign-in-wrong', path: '/sign-in', stranger: true, act: signInWrongly },
  { name: 'start', path: '/start', stranger: true },
  { name: 'start-first', path: (made) => made.start, route: '/start', shop: 'unowned', stranger: true },
  { name: 'join', path: (made) => `/join?secret=${made.invitation}`, route: '/join', stranger: true },
  { name: 'trust', path: '/trust', shop: 'https', stranger: true },
  { name: 'stranger-not-found', path: '/nothing-is-here', route: null, status: 404, stranger: true },

  { name: 'today', path: '/' },
  { name: 'today-menu', path: '/', act: openOwnMenu, isScreen: true },
  { name: 'palette', path: '/', route: '/palette', act: askPalette, isScreen: true },
  { name: 'palette-none', path: '/', route: '/palette', act: askPaletteInVain, isScreen: true },
  { name: 'keys', path: '/orders', act: askForKeys, isScreen: true },
  ...['shipping_cost', 'split', 'fill_rate', 'late', 'labor'].map((measure) => ({ name: `number-${measure}`, path: `/numbers/${measure}`, route: '/numbers/{measure}' })),
  { name: 'demo', path: '/demo' },

  { name: 'orders', path: '/orders' },
  { name: 'orders-ticked', path: '/orders', act: tickOne, isScreen: true },
  { name: 'orders-narrowed', path: '/orders?state=held&lane=ship' },
  { name: 'orders-none', path: '/orders?search=nothing+is+called+this' },
  { name: 'order', path: (made) => `/orders/${made.open}`, route: '/orders/{id}' },
  { name: 'order-held', path: (made) => `/orders/${made.held}?done=order-hold`, route: '/orders/{id}' },
  { name: 'order-by-hand', path: (made) => `/orders/${made.by_hand}`, route: '/orders/{id}' },
  { name: 'order-short', path: (made) => `/orders/${made.short}`, route: '/orders/{id}' },
  { name: 'order-returned', path: (made) => `/orders/${made.sent}`, route: '/orders/{id}' },
  { name: 'order-why', path: (made) => `/orders/${made.open}/why/1`, route: '/orders/{id}/why/{number}' },
  { name: 'reroute', path: (made) => `/orders/${made.open}/reroute`, route: '/orders/{id}/reroute' },
  { name: 'reroute-there', path: (made) => `/orders/${made.open}/reroute?to=${made.locations[1]}`, route: '/orders/{id}/reroute' },
  { name: 'shopper', path: (made) => `/orders/${made.sent}/privacy`, route: '/orders/{id}/privacy' },
  { name: 'shopper-waits', path: (made) => `/orders/${made.open}/privacy`, route: '/orders/{id}/privacy' },
  { name: 'batches', path: '/orders/batches' },
  { name: 'batch', path: (made) => `/orders/batches/${made.batch}`, route: '/orders/batches/{id}' },

  { name: 'inventory', path: '/inventory' },
  { name: 'inventory-none', path: '/inventory?search=nothing+is+called+this' },
  { name: 'product', path: (made) => `/inventory/${encodeURIComponent(made.sku)}`, route: '/inventory/{sku}' },
  { name: 'product-shelf', path: (made) => `/inventory/${encodeURIComponent(made.sku)}?at=${made.locations[0]}`, route: '/inventory/{sku}' },
  { name: 'transfers', path: '/inventory/transfers' },
  { name: 'transfers-new', path: '/inventory/transfers/new' },
  { name: 'transfer', path: (made) => `/inventory/arrivals/${made.transfer}`, route: '/inventory/arrivals/{id}' },
  { name: 'transfer-sent', path: (made) => `/inventory/arrivals/${made.sent_transfer}`, route: '/inventory/arrivals/{id}' },
  { name: 'deliveries', path: '/inventory/deliveries' },
  { name: 'deliveries-new', path: '/inventory/deliveries/new' },
  { name: 'delivery', path: (made) => `/inventory/arrivals/${made.delivery}`, route: '/inventory/arrivals/{id}' },
  { name: 'delivery-closed', path: (made) => `/inventory/arrivals/${made.closed_delivery}`, route: '/inventory/arrivals/{id}' },
  { name: 'counts', path: '/inventory/counts' },
  { name: 'counts-new', path: '/inventory/counts/new' },
  { name: 'count', path: (made) => `/inventory/counts/${made.count}`, route: '/inventory/counts/{id}' },
  { name: 'count-review', path: (made) => `/inventory/counts/${made.reviewed_count}`, route: '/inventory/counts/{id}' },
  { name: 'accuracy', path: '/inventory/accuracy' },
  { name: 'accuracy-lines', path: (made) => `/inventory/accuracy/lines?location=${made.locations[0]}&category=furniture&velocity=`, route: '/inventory/accuracy/lines' },
  { name: 'pools', path: '/inventory/pools' },
  { name: 'import', path: '/inventory/import' },
  { name: 'import-columns', path: (made) => `/inventory/import/${made.import_columns}`, route: '/inventory/import/{id}' },
  { name: 'import-tried', path: (made) => `/inventory/import/${made.import_checked}`, route: '/inventory/import/{id}' },
  { name: 'import-done', path: (made) => `/inventory/import/${made.import_done}`, route: '/inventory/import/{id}' },

  { name: 'locations', path: '/locations' },
  { name: 'locations-new', path: '/locations/new' },
  { name: 'location', path: (made) => `/locations/${made.store}`, route: '/locations/{code}' },
  { name: 'location-paused', path: (made) => `/locations/${made.location}`, route: '/locations/{code}' },
  { name: 'location-edit', path: (made) => `/locations/${made.store}/edit`, route: '/locations/{code}/edit' },
  { name: 'location-refused', path: (made) => `/locations/${made.store}/edit`, route: '/locations/{code}/edit', act: saveWhatIsNoNumber },

  { name: 'rules', path: '/rules' },
  { name: 'rules-edit', path: (made) => `/rules/edit?from=${made.rules_now}`, route: '/rules/edit' },
  { name: 'rules-edit-text', path: (made) => `/rules/edit?from=${made.rules_now}&mode=text`, route: '/rules/edit' },
  { name: 'rules-set', path: (made) => `/rules/${made.rules}`, route: '/rules/{number}' },
  { name: 'rules-try', path: (made) => `/rules/${made.rules}/try`, route: '/rules/{number}/try' },
  { name: 'rules-tried', path: (made) => `/rules/${made.rules}/try?order=${encodeURIComponent(made.open_name)}`, route: '/rules/{number}/try' },
  { name: 'rules-cards', path: (made) => `/rules/${made.rules_now}/cards`, route: '/rules/{number}/cards' },
  { name: 'rules-compare', path: '/rules/compare' },
  { name: 'rules-publish', path: (made) => `/rules/${made.rules}/publish`, route: '/rules/{number}/publish' },
  { name: 'rules-replay', path: (made) => `/rules/replays/${made.replay}`, route: '/rules/replays/{id}' },

  { name: 'exceptions', path: '/exceptions?owner=all' },
  { name: 'exceptions-none', path: '/exceptions?owner=all&kind=connector_failure' },
  { name: 'exceptions-resolved', path: '/exceptions?owner=all&state=resolved' },
  { name: 'exception', path: (made) => `/exceptions/${made.exception}`, route: '/exceptions/{id}' },
  { name: 'exception-resolved', path: (made) => `/exceptions/${made.resolved_exception}`, route: '/exceptions/{id}' },
  { name: 'playbooks', path: '/exceptions/playbooks' },
  { name: 'playbook', path: '/exceptions/playbooks/late_pick', route: '/exceptions/playbooks/{kind}' },
  { name: 'inbox', path: '/inbox' },

  { name: 'settings', path: '/settings' },
  { name: 'settings-none', path: '/settings?q=nothing+is+called+this' },
  { name: 'settings-people', path: '/settings/people' },
  { name: 'settings-people-new', path: '/settings/people/new' },
  { name: 'settings-person', path: (made) => `/settings/people/${made.person}`, route: '/settings/people/{id}' },
  { name: 'settings-tokens', path: '/settings/tokens' },
  { name: 'settings-tokens-new', path: '/settings/tokens/new' },
  { name: 'settings-rates', path: '/settings/rates' },
  { name: 'settings-connections', path: '/settings/connections' },
  { name: 'settings-jobs', path: '/settings/jobs' },
  { name: 'settings-audit', path: '/settings/audit' },
  { name: 'settings-https', path: '/settings/https' },
  { name: 'settings-backups', path: '/settings/backups' },
  { name: 'settings-diagnostics', path: '/settings/diagnostics' },
  { name: 'settings-practice', path: '/settings/practice' },
  { name: 'settings-sessions', path: '/settings/sessions' },
  { name: 'notifications', path: '/settings/notifications' },
  { name: 'not-found', path: '/nothing-is-here', route: null, status: 404 },
  { name: 'order-not-found', path: '/orders/ord_nothing', route: '/orders/{id}', status: 404 },

  { name: 'welcome', path: '/welcome', shop: 'empty' },
  { name: 'welcome-shop', path: '/welcome/shop', shop: 'empty' },
  { name: 'welcome-places', path: '/welcome/places', shop: 'bare' },
  { name: 'welcome-stock', path: '/welcome/stock', shop: 'bare' },
  { name: 'welcome-rules', path: '/welcome/rules', shop: 'bare' },
  { name: 'welcome-orders', path: '/welcome/orders', shop: 'bare' },
  { name: 'welcome-people', path: '/welcome/people', shop: 'bare' },
  { name: 'empty-demo', path: '/demo', shop: 'bare' },
  { name: 'empty-today', path: '/', shop: 'bare' },
  ...[
    '/orders', '/inventory', '/inventory/transfers', '/inventory/deliveries', '/inventory/counts', '/inventory/accuracy', '/inventory/pools', '/inventory/import', '/rules', '/exceptions', '/inbox', '/settings/tokens',
    '/settings/jobs',
  ].map((path) => ({ name: `empty${path.replaceAll('/', '-')}`, path, shop: 'bare', isList: true })),
  { name: 'empty-rules-edit', path: '/rules/edit', shop: 'bare' },
  { name: 'empty-number', path: '/numbers/split', route: '/numbers/{measure}', shop: 'bare' },
  // Last, for it takes the rest of the console's looks with it.
  { name: 'viewing', path: '/settings/people', act: viewAsAssociate },
]

/** Routes that answer no page, each with what it answers. */
export const NO_PAGES = {
  '/inventory/documents/{id}': 'leads to what wrote an entry of the ledger',
  '/rules/replays/{id}/moved.csv': 'a file',
  '/settings/rates/{file}': 'a file',
  '/trust/ca.crt': 'a file; https.test.mjs takes it',
  '/trust/baton.mobileconfig': 'a file; https.test.mjs takes it',
}

async function signInWrongly(page) {
  await page.fill('input[name=email]', 'nobody@example.com')
  await page.fill('input[name=password]', 'not the password at all')
  await page.click('form[action="/sign-in"] button')
  await page.waitForSelector('[data-errors] [role=alert]')
}

async function openOwnMenu(page) {
  await page.click('.topbar .dropdown > button')
  await page.waitForSelector('.topbar .dropdown-menu.show')
}

async function askPalette(page) {
  await page.click('[data-palette-open]')
  await page.fill('dialog input', 'lamp')
  await page.waitForSelector('dialog [role=option][href^="/inventory/"]')
}

async function askPaletteInVain(page) {
  await page.click('[data-palette-open]')
  await page.fill('dialog input', 'nothing is called this')
  await page.waitForSelector('.palette-none:not(:empty)')
}

async function askForKeys(page) {
  await page.keyboard.press('?')
  await page.waitForSelector('dialog[open]')
}

async function tickOne(page) {
  await page.locator('[data-bulk-one]').first().check()
  await page.waitForSelector('[data-bulk-actions]:not([hidden])')
}

async function saveWhatIsNoNumber(page) {
  await page.$$eval('.cells-form details', (all) => all.forEach((one) => { one.open = true }))
  await page.fill('#cell-wage_usd_per_hour', 'many')
  await page.locator('.cells-form .btn-primary').click()
  await page.waitForSelector('[role=alert]')
}

async function viewAsAssociate(page) {
  await page.click('main details.action > summary')
  await page.selectOption('#view-role', 'associate')
  await page.click('form[action="/view-as"] button')
  await page.waitForSelector('.viewing')
}

export const pathOf = ({ path }, made) => (typeof path === 'function' ? path(made) : path)
export const shopOf = ({ shop = 'full' }) => shop

/** Goes to a page, and does there what is to be done to see it. Answers what it answered. */
export async function visit(page, shop, each) {
  const answer = await page.goto(shop.url + pathOf(each, shop.made))
  await page.waitForSelector('html.has-js', { state: 'attached' })
  await each.act?.(page)
  return answer.status()
}

/** Looks as somebody may have chosen: theme and density live in a cookie. */
export const chooseLook = (context, shop, { theme = 'light', density = 'roomy', keys = 'on', language = '' }) =>
  context.addCookies([{ name: 'baton-look', value: [theme, density, keys, language].join('.'), url: shop.url }])
