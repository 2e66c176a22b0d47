// The first minutes: the link that the program prints, the first owner, and signing in and out.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, open } from '../lib/chromium.mjs'
import { axe, overflow } from '../lib/look.mjs'
import { noPostgres } from '../lib/postgres.mjs'
import { openShop, signIn } from '../lib/shop.mjs'

const OWNER = { name: 'Ana Owner', email: 'ana@example.com', password: 'a password that is long enough' }
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

for (const [on, size] of [['sqlite', 'desktop'], ['postgres', 'phone']]) {
  describe(`empty books on ${on}, ${size}`, { skip: on === 'postgres' && noPostgres }, () => {
    let shop, seen
    before(async () => {
      shop = await openShop({ books: 'none', on })
      seen = await open(browser, { size })
    })
    after(async () => {
      await seen?.context.close()
      await shop?.stop()
    })

    test('the link that is printed makes an owner, who is signed in', async () => {
      const { page } = seen
      await page.goto(shop.link)
      assert.deepEqual(await axe(page), [])
      for (const [field, value] of Object.entries(OWNER)) await page.fill(`input[name=${field}]`, value)
      await page.click('form[action="/start"] button')
      await page.waitForURL((url) => url.pathname !== '/start')
      assert.deepEqual(await axe(page), [])
      assert.deepEqual(await overflow(page), [])
      assert.deepEqual(seen.left, [])
      assert.deepEqual(seen.said, [])
    })

    test('the link works once', async () => {
      const other = await open(browser, { size })
      await other.page.goto(shop.link)
      for (const [field, value] of Object.entries(OWNER)) await other.page.fill(`input[name=${field}]`, value)
      await other.page.click('form[action="/start"] button')
      await other.page.waitForSelector('[data-errors] [role=alert]')
      assert.equal(new URL(other.page.url()).pathname, '/start')
      await other.context.close()
    })

    test('a wrong password is said beside the form, and the right one lets in', async () => {
      const other = await open(browser, { size })
      await other.page.goto(`${shop.url}/sign-in`)
      await other.page.fill('input[name=email]', OWNER.email)
      await other.page.fill('input[name=password]', 'not the password at all')
      await other.page.click('form[action="/sign-in"] button')
      await other.page.waitForSelector('[data-errors] [role=alert]')
      assert.equal(await other.page.inputValue('input[name=email]'), OWNER.email)
      assert.deepEqual(await axe(other.page), [])
      await signIn(other.page, { url: shop.url, owner: OWNER })
      await other.context.close()
    })
  })
}
