// The first minutes: from the link that the program prints to an order that was decided, and signing in and out.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, open } from '../lib/chromium.mjs'
import { axe, overflow } from '../lib/look.mjs'
import { Person } from '../lib/person.mjs'
import { noPostgres } from '../lib/postgres.mjs'
import { openShop, signIn } from '../lib/shop.mjs'

const OWNER = { name: 'Ana Owner', email: 'ana@example.com', password: 'a password that is long enough' }
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

for (const [on, size] of [['sqlite', 'desktop'], ['postgres', 'phone'], ['sqlite', 'phone'], ['postgres', 'desktop']]) {
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

    test('T1: from the link that is printed to the first order that was decided, and why', async (t) => {
      const { page } = seen
      const person = new Person(page, { size })
      await person.does(t, 'T1', { most: size === 'phone' ? 18 : 17 }, async () => {
        await page.goto(shop.link)
        await person.at('Welcome to Baton')
        await clean()
        await person.write('Your name', OWNER.name)
        await person.write('E-mail', OWNER.email)
        await person.write('Password', OWNER.password)
        await person.press('button', 'Make the account')
        await person.the('link', 'Set up my shop').waitFor()
        await clean()
        await person.press('link', 'Set up my shop')
        await person.at('Your shop')
        await person.write('Name of the shop', 'Cups')
        await person.write('Name', 'Mall Road')
        await person.write('Postal code', '97201')
        await person.look('filled in')
        await person.press('button', 'Save and go on')
        await person.at('Locations')
        await clean()
        await person.press('link', 'That is all of them')
        await person.at('Products and stock')
        await clean()
        await person.press('link', 'Go on')
        await person.at('Rules')
        await clean()
        // What a shop without a warehouse cannot mean is not meant.
        assert.equal(await person.the('checkbox', /only from warehouses/).isChecked(), false)
        await person.press('button', 'Put these rules in force')
        await person.at('People')
        await clean()
        await person.press('link', 'Go on')
        await person.at('First order')
        await clean()
        await person.press('link', 'Look around')
        await person.at('The demo shop')
        await person.press('button', 'Make the demo shop')
        await person.the('heading', 'Your demo shop is ready').waitFor({ timeout: 90_000 })
        await clean()
        await person.press('button', 'Open the demo shop')
        await person.at('Today')
        await person.goTo('Orders')
        await person.touch(person.the('link', /^D\d+/).first())
        await person.at(/^D\d+/)
        await person.reads(/Why this location\?/)
        await person.reads('Chosen')
        await person.look('why')
      })
      await clean()
    })

    async function clean() {
      // The pages are the same on both databases.
      if (on === 'sqlite') assert.deepEqual(await axe(seen.page), [])
      assert.deepEqual(await overflow(seen.page), [])
      assert.deepEqual(seen.left, [])
      assert.deepEqual(seen.said, [])
    }

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
