// What people type is text: markup in every field that somebody can fill in, and in every part of an address, runs nothing and
// breaks out of nothing; words without end, letters that turn the line around and rare ones break no page. And each page says
// to the browser that nothing foreign may run.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, open, SIZES } from '../lib/chromium.mjs'
import { furnish } from '../lib/furnish.mjs'
import { overflow, unfolded } from '../lib/look.mjs'
import { openShop, signIn } from '../lib/shop.mjs'
import { pages as wanted } from '../lib/windows.mjs'
import { chooseLook, NO_PAGES, PAGES, pathOf, shopOf } from '../pages.mjs'

const MARKUP = `"><img src=x onerror=ran=1><script>ran=1</script>'-(ran=1)-'{{7*7777}}\${7*7777}</textarea></title></select><svg/onload=ran=1>" autofocus onfocus="ran=1" x="javascript:ran=1//`
/** 7 × 7777: what a template would make of it. */
const WORKED_OUT = '54439'
const ENDLESS = 'W'.repeat(2000)
const ODD = '\u202Egnp.exe \u05E9\u05DC\u05D5\u05DD \u{1F600}\u{2070E}\u{1F3F3}\uFE0F\u200D\u{1F308} \u0627\u0644\u0639\u0631\u0628\u064A\u0629 e\u0301\u0301\u0301\u0301 \u0E01\u0E49\u0E49\u0E49'
const TYPED = { markup: MARKUP, endless: ENDLESS, odd: ODD }
/** Names that pages read in their address. */
const ASKED = [
  'q', 'search', 'state', 'work', 'lane', 'tag', 'channel', 'location', 'kind', 'owner', 'from', 'to', 'sku', 'at', 'pool', 'week', 'cursor', 'mode', 'order', 'next', 'secret', 'done', 'was', 'publication', 'undo', 'set', 'step',
  'outcome', 'category', 'velocity', 'view',
]
const HEADERS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin', 'cache-control': 'no-store' }
const pages = wanted.filter((each) => shopOf(each) === 'full' && !each.act && each.route !== null)

describe('what people type', () => {
  let browser, shop, seen, dialogs
  before(async () => {
    browser = await launch()
    shop = await openShop()
    seen = await open(browser, { reducedMotion: 'reduce' })
    dialogs = []
    seen.page.on('dialog', (dialog) => { dialogs.push(dialog.message()); return dialog.dismiss() })
    await seen.page.addInitScript(() => {
      window.refusedByPolicy = []
      addEventListener('securitypolicyviolation', (event) => window.refusedByPolicy.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
    })
    await chooseLook(seen.context, shop, {})
    await signIn(seen.page, shop)
  })
  after(async () => {
    await browser?.close()
    await shop?.stop()
  })

  for (const [name, text] of Object.entries(TYPED)) {
    describe(name, () => {
      before(async () => {
        const say = (_, __, most) => [...text].slice(0, most).join('')
        shop.made = await furnish(shop, { say, mark: name })
      })
      test('every field takes it', () => assert.deepEqual(shop.made.refused, []))
      for (const each of pages) {
        test(`${each.name} shows it`, async () => {
          await seen.page.goto(shop.url + pathOf(each, shop.made))
          const found = await misled(seen.page)
          for (const size of [SIZES.desktop, SIZES.phone]) {
            await seen.page.setViewportSize(size)
            found.push(...(await overflow(seen.page)), ...(size === SIZES.phone ? await unfolded(seen.page, () => overflow(seen.page)) : []))
          }
          assert.deepEqual([...found, ...(await misled(seen.page)), ...dialogs.splice(0), ...seen.left.splice(0)], [])
        })
      }
    })
  }

  test('an address with markup in every part is read as text', async () => {
    const query = new URLSearchParams(ASKED.map((name) => [name, MARKUP])).toString()
    const routes = [...new Set(PAGES.map(({ route, path }) => route ?? path).filter((route) => typeof route === 'string'))]
    for (const route of [...routes, ...Object.keys(NO_PAGES).filter((path) => path.startsWith('/inventory'))]) {
      for (const path of [`${route.replace(/\{\w+\}/g, encodeURIComponent(MARKUP))}?${query}`, `${route}?next=${encodeURIComponent('javascript:ran=1')}`]) {
        const answer = await seen.page.goto(shop.url + path)
        assert.ok(answer.status() < 500, `${answer.status()} at ${path}`)
        assert.deepEqual([...(await misled(seen.page)), ...(await overflow(seen.page)), ...dialogs.splice(0)], [], path)
      }
    }
  })

  test('what a button asks before it acts shows it as text', async () => {
    await seen.page.goto(`${shop.url}/settings/tokens`)
    await seen.page.locator('[data-confirm]').first().click()
    await seen.page.waitForSelector('dialog[open]')
    assert.deepEqual([...(await misled(seen.page)), ...dialogs.splice(0)], [])
  })

  test('whoever signs in goes nowhere else', async () => {
    const { context, page } = await open(browser)
    for (const next of ['//example.com/', 'https://example.com/', '/\\example.com', 'javascript:ran=1', '/%09/example.com', '\t//example.com']) {
      await context.clearCookies()
      await page.goto(`${shop.url}/sign-in?next=${encodeURIComponent(next)}`)
      await page.fill('input[name=email]', shop.owner.email)
      await page.fill('input[name=password]', shop.owner.password)
      await page.click('form[action="/sign-in"] button')
      await page.waitForURL((url) => url.pathname !== '/sign-in')
      assert.equal(new URL(page.url()).origin, new URL(shop.url).origin, next)
      assert.equal(await page.evaluate(() => 'ran' in window), false, next)
    }
    await context.close()
  })

  test('every page says that nothing foreign may run, be framed, be guessed or be kept', async () => {
    for (const each of pages) {
      const answer = await seen.context.request.get(shop.url + pathOf(each, shop.made), { headers: { accept: 'text/html' } })
      const headers = answer.headers()
      const policy = Object.fromEntries((headers['content-security-policy'] ?? '').split(';').map((part) => part.trim().split(/\s+(.*)/s).slice(0, 2)))
      assert.doesNotMatch(headers['content-security-policy'], /unsafe|\*|http:|https:/, each.name)
      assert.equal(policy['script-src'], "'self'", each.name)
      assert.equal(policy['style-src'], "'self'", each.name)
      for (const part of ['frame-ancestors', 'base-uri']) assert.equal(policy[part], "'none'", `${each.name}: ${part}`)
      assert.equal(policy['form-action'], "'self'", each.name)
      for (const [name, value] of Object.entries(HEADERS)) assert.equal(headers[name], value, `${each.name}: ${name}`)
    }
  })
})

/** What a page made of text that is more than text. */
function misled(page) {
  return page.evaluate((workedOut) => {
    const found = window.refusedByPolicy.splice(0)
    if ('ran' in window) found.push('it ran')
    const odd = document.querySelectorAll('[onerror], [onload], [onfocus], img[src="x"], script:not([src]):not([type="application/json"]), [autofocus][x], base, object, embed, iframe')
    for (const element of odd) found.push(`there is ${element.outerHTML.slice(0, 120)}`)
    for (const element of document.querySelectorAll('a[href], form[action], button[formaction]')) {
      const way = element.href ?? element.action ?? element.formAction
      if (typeof way === 'string' && !/^(https?|mailto|tel|blob):/.test(way)) found.push(`a way leads to ${way.slice(0, 80)}`)
      if (/^https?:/.test(way) && new URL(way).origin !== location.origin) found.push(`a way leads elsewhere: ${way.slice(0, 80)}`)
    }
    if (document.body.innerText.includes(workedOut)) found.push('a template worked it out')
    return found
  }, WORKED_OUT)
}
