// Every page of the console on a phone, as pages.test.mjs has them on a desk; and that all of them come on PostgreSQL, too, and
// from the right.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { inBothThemes } from '../lib/look.mjs'
import { noPostgres } from '../lib/postgres.mjs'
import { openWindows, pages } from '../lib/windows.mjs'
import { shopOf, visit } from '../pages.mjs'

const ROUNDS = {
  sqlite: { pages, language: 'en', direction: 'ltr', skip: false },
  postgres: { pages: pages.filter((each) => shopOf(each) !== 'https'), language: 'ar', direction: 'rtl', skip: noPostgres },
}

for (const [on, { pages, language, direction, skip }] of Object.entries(ROUNDS)) {
  describe(`pages on ${on}, phone, ${language}`, { skip }, () => {
    let windows
    before(async () => (windows = await openWindows({ size: 'phone', on, language })))
    after(() => windows?.close())
    for (const each of pages) {
      test(each.name, async () => {
        const seen = await windows.at(each)
        assert.equal(await visit(seen.page, seen.shop, each), each.status ?? 200)
        assert.equal(await seen.page.evaluate(() => document.documentElement.dir), direction)
        assert.deepEqual([...(await inBothThemes(seen.page)), ...seen.complaints()], [])
      })
    }
  })
}
