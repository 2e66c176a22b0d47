// Yesterday's backup, as docs/operations.md has it, in a new place: the same people get in, and find what was there.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { launch, open } from '../lib/chromium.mjs'
import { send, skus } from '../lib/orders.mjs'
import { Person } from '../lib/person.mjs'
import { noPostgres } from '../lib/postgres.mjs'
import { openShop, signIn } from '../lib/shop.mjs'

const MOST_COMMANDS = 3
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

for (const [on, size] of [['sqlite', 'desktop'], ['postgres', 'phone']]) {
  describe(`restored on ${on}, ${size}`, { skip: on === 'postgres' && noPostgres }, () => {
    let shop, again, folder
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'baton-backups-'))
      shop = await openShop({ on })
    })
    after(async () => {
      for (const each of [shop, again]) await each?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    test('T12: a backup is restored in a new place with two commands, and has the same orders and the same stock', async (t) => {
      const before = await looksAround(t, shop, 'T12 before')
      // While the shop is open; an order comes in after it.
      await shop.backup(folder)
      const later = await open(browser, { size })
      await signIn(later.page, shop)
      const [sku] = await skus(later.page, shop)
      await send(later.page, shop, [{ name: 'LATE-1', 'customer.name': 'Lena Late', sku }])
      await later.context.close()
      const { owner } = shop
      await shop.stop()
      shop = null

      const newest = readdirSync(folder).filter((name) => /\.(sqlite|ndjson)$/.test(name)).sort().at(-1)
      again = await openShop({ books: { backup: join(folder, newest) }, on })
      assert.ok(again.commands.length <= MOST_COMMANDS, again.commands.map((command) => command.join(' ')).join('\n'))
      assert.deepEqual(await looksAround(t, { ...again, owner }, 'T12 after'), before)
    })

    /** Signs in, and reads what the orders and the stock are. */
    async function looksAround(t, shop, name) {
      const { page, context } = await open(browser, { size })
      const person = new Person(page, { size })
      const found = {}
      await person.does(t, name, { most: size === 'phone' ? 6 : 4 }, async () => {
        await page.goto(shop.url)
        await person.write('E-mail', shop.owner.email)
        await person.write('Password', shop.owner.password)
        await person.press('button', 'Sign in')
        await person.at('Today')
        await person.goTo('Orders')
        await person.reads(/^\d+ orders$/)
        found.count = await page.getByText(/^\d+ orders$/).innerText()
        found.orders = await rows()
        await person.goTo('Inventory')
        found.shelves = await rows()
      })
      found.stock = await (await page.request.get(`${shop.url}/v1/stock.csv`)).text()
      await context.close()
      assert.ok(found.orders.length > 20 && found.shelves.length > 20, `${found.orders.length} orders, ${found.shelves.length} shelves`)
      return found

      /** Times are told from the present on. */
      async function rows() {
        const texts = await page.locator('tr[data-row]').allInnerTexts()
        return texts.map((text) => text.replace(/\s+/g, ' ').replace(/\d+ (s|min|h) ago/g, 'lately'))
      }
    }
  })
}
