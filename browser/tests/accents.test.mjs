// Every page of the console in the language of accents, whose words are longer than those of English: none is cut off, and
// nothing is wider than the screen.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { overflow } from '../lib/look.mjs'
import { openWindows, pages } from '../lib/windows.mjs'
import { visit } from '../pages.mjs'

for (const size of ['desktop', 'phone']) {
  describe(`pages with accents, ${size}`, () => {
    let windows
    before(async () => (windows = await openWindows({ size, language: 'zz' })))
    after(() => windows?.close())
    for (const each of pages) {
      test(each.name, async () => {
        const seen = await windows.at(each)
        assert.equal(await visit(seen.page, seen.shop, each), each.status ?? 200)
        assert.match(await seen.page.locator('body').innerText(), /[áéíóú]/)
        assert.deepEqual([...(await overflow(seen.page)), ...seen.complaints()], [])
      })
    }
  })
}
