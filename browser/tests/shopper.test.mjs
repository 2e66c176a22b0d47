// T14: somebody asks to be forgotten. They are found by the end of their phone number, get a file of what is held, and are
// erased; before that the page says what it waits for.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { launch, open } from '../lib/chromium.mjs'
import { look } from '../lib/look.mjs'
import { noPostgres } from '../lib/postgres.mjs'
import { openShop, signIn } from '../lib/shop.mjs'

const NAME = 'Zerelda Quastenbrück'
const WORDS = ['Zerelda', 'Quastenbrück', 'zerelda@quasten.example', '555-8642', '5558642', 'Wobblethorpe']
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

/** As a program does; the page is one of the shop's own. */
const ask = (page, method, path, body) =>
  page.evaluate(async ([method, path, body]) => {
    const answer = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }, [method, path, body])

const order = (id, sku) => ({
  channel: 'web', external_id: id, name: `#${id}`, lines: [{ sku, quantity: 1 }],
  customer: { name: NAME, email: 'zerelda@quasten.example', phone: '+1 971 555-8642' },
  ship_to: { name: NAME, line1: '77 Wobblethorpe Crescent', city: 'Salem', region: 'OR', postal: '97301', country: 'US' },
})

const found = async (page, shop, text) => {
  await page.goto(`${shop.url}/orders`)
  await page.fill('form[role=search] input[name=search]', text)
  await page.press('form[role=search] input[name=search]', 'Enter')
  await page.waitForURL(/search=/)
  return page.locator('tr[data-row]').count()
}


for (const [on, size] of [['sqlite', 'desktop'], ['sqlite', 'phone'], ['postgres', 'phone'], ['postgres', 'desktop']]) {
  describe(`a shopper on ${on}, ${size}`, { skip: on === 'postgres' && noPostgres }, () => {
    let shop, seen, open_
    before(async () => {
      shop = await openShop({ on })
      seen = await open(browser, { size, acceptDownloads: true })
      await signIn(seen.page, shop)
      const { items } = await ask(seen.page, 'GET', '/v1/stock/products?limit=1')
      for (const id of ['Z1', 'Z2']) open_ = await ask(seen.page, 'POST', '/v1/orders', order(id, items[0].sku))
      const { items: [first] } = await ask(seen.page, 'GET', '/v1/orders?name=%23Z1')
      await ask(seen.page, 'POST', `/v1/orders/${first.id}/cancel`, { reason: 'changed her mind' })
    })
    after(async () => {
      await seen?.context.close()
      await shop?.stop()
    })

    test('while an order is on its way the page names it, and the button says why it waits', async () => {
      const { page } = seen
      assert.equal(await found(page, shop, '8642'), 2)
      await page.click('tr[data-row] a[href^="/orders/ord_"]')
      await page.click('a[href$="/privacy"]')
      await page.waitForSelector('#erase')
      assert.match(await page.textContent('#erase'), /still to be sent or collected/)
      assert.ok(await page.isDisabled('#erase button.btn-danger'))
      const why = await page.getAttribute('#erase button.btn-danger', 'aria-describedby')
      assert.ok((await page.textContent(`#${why}`)).length > 20)
      await look(seen)
      await page.click('#erase li a')
      assert.match(await page.textContent('h1'), /#Z2/)
      await ask(page, 'POST', `/v1/orders/${open_.id}/cancel`, { reason: 'changed her mind' })
    })

    test('T14: found by the end of the phone number, told what is held, erased, and found no more', async () => {
      const { page } = seen
      assert.equal(await found(page, shop, '8642'), 2)
      await page.click('tr[data-row] a[href^="/orders/ord_"]')
      await page.click('a[href$="/privacy"]')
      assert.equal((await page.textContent('[data-count=orders]')).trim(), '2')
      assert.match(await page.textContent('#held'), new RegExp(NAME))
      await look(seen)

      const coming = page.waitForEvent('download')
      await page.click('a[href$="/shopper.json"]')
      const file = readFileSync(await (await coming).path(), 'utf8')
      assert.equal(JSON.parse(file).orders.length, 2)
      for (const word of ['Zerelda', 'Wobblethorpe']) assert.ok(file.includes(word))

      await page.fill('#confirm', '#nonsense')
      await page.click('#erase button.btn-danger')
      await page.waitForSelector('#erase [data-faults]')
      assert.ok(await page.isVisible('#erase [data-faults]'))
      const called = (await page.textContent('.back-link')).trim()
      await page.fill('#confirm', called)
      await page.click('#erase button.btn-danger')
      await page.waitForSelector('#erased')
      await look(seen)
      await page.click('.back-link')
      await page.waitForSelector('#timeline-title')
      await page.waitForLoadState()
      const text = await page.textContent('body')
      assert.match(text, /The shopper was erased/)
      for (const word of WORDS) assert.ok(!text.includes(word), word)
      await look(seen)

      for (const word of ['8642', 'Zerelda', 'zerelda@quasten.example']) assert.equal(await found(page, shop, word), 0, word)
      assert.equal(await found(page, shop, '#Z1'), 1)
      for (const path of ['/v1/events?limit=250', '/v1/orders?limit=250']) {
        const answered = JSON.stringify(await ask(page, 'GET', path))
        for (const word of WORDS) assert.ok(!answered.includes(word), `${word} in ${path}`)
      }
      assert.deepEqual(seen.left, [])
      assert.deepEqual(seen.said.filter((text) => !/status of 422/.test(text)), [])
    })
  })
}
