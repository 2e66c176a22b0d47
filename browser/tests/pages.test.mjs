// Every page of the console, as it is when somebody comes to it: free of what axe finds, of overflow, of errors, and of
// requests to anybody else.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, open } from '../lib/chromium.mjs'
import { axe, overflow } from '../lib/look.mjs'
import { noPostgres } from '../lib/postgres.mjs'
import { openShop, signIn } from '../lib/shop.mjs'
import { chooseLook, PAGES, visit } from '../pages.mjs'

const ROUNDS = [
  { on: 'sqlite', size: 'desktop', theme: 'light' },
  { on: 'sqlite', size: 'phone', theme: 'dark' },
  { on: 'postgres', size: 'phone', theme: 'light' },
  { on: 'postgres', size: 'desktop', theme: 'dark' },
]
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

for (const { on, size, theme } of ROUNDS) {
  describe(`pages on ${on}, ${size}, ${theme}`, { skip: on === 'postgres' && noPostgres }, () => {
    let shop, guest, owner
    before(async () => {
      shop = await openShop({ on })
      guest = await open(browser, { size })
      owner = await open(browser, { size })
      for (const { context } of [guest, owner]) await chooseLook(context, shop, { theme })
      await signIn(owner.page, shop)
    })
    after(async () => {
      for (const opened of [guest, owner]) await opened?.context.close()
      await shop?.stop()
    })

    for (const each of PAGES) {
      test(each.name, async (t) => {
        const { page, left, said } = each.stranger ? guest : owner
        said.length = 0
        if (!(await visit(page, shop, each))) {
          assert.ok(each.isComing, 'there is no such page')
          return t.skip('there is no such page yet')
        }
        await page.waitForSelector('html.has-js', { state: 'attached' })
        assert.deepEqual(await axe(page), [])
        assert.deepEqual(await overflow(page), [])
        assert.deepEqual(left, [])
        assert.deepEqual(said.filter((text) => !/status of 404/.test(text)), [])
      })
    }
  })
}
