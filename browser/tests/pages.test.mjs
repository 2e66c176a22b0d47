// Every page of the console, as it is when somebody comes to it: free of what axe finds, of overflow, of errors, and of
// requests to anybody else; in both themes, enlarged, on the narrowest screens, and with more space in its text.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SIZES } from '../lib/chromium.mjs'
import { blankness, frames, inBothThemes, overflow, spaced } from '../lib/look.mjs'
import { openWindows, pages } from '../lib/windows.mjs'
import { visit } from '../pages.mjs'

/** 1366×768 at twice the size (WCAG 1.4.4), and the narrowest that must do (1.4.10). */
const TWICE = { width: 683, height: 384 }
const NARROW = { width: 320, height: 640 }
let windows
before(async () => (windows = await openWindows({ size: 'desktop' })))
after(() => windows?.close())

for (const each of pages) {
  test(each.name, async () => {
    const seen = await windows.at(each)
    assert.equal(await visit(seen.page, seen.shop, each), each.status ?? 200)
    const found = [...(await inBothThemes(seen.page)), ...(each.isList ? await blankness(seen.page) : []), ...(await enlarged(seen.page))]
    assert.deepEqual([...found, ...seen.complaints()], [])
  })
}

async function enlarged(page) {
  const found = []
  try {
    for (const [name, viewport] of Object.entries({ spaced: SIZES.desktop, 'at 200 %': TWICE, narrow: NARROW, 'narrow and spaced': NARROW })) {
      await page.setViewportSize(viewport)
      // A chart hears of it in the next frame.
      await frames(page)
      const lines = name.includes('spaced') ? await spaced(page, () => overflow(page)) : await overflow(page)
      found.push(...lines.map((line) => `${name}: ${line}`))
    }
  } finally {
    await page.setViewportSize(SIZES.desktop)
  }
  return found
}
