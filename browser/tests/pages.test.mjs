// Every page of the console, as it is when somebody comes to it: free of what axe finds, of overflow, of errors, and of
// requests to anybody else; in both themes, on small screens, enlarged, and with more space in its text.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, open, SIZES } from '../lib/chromium.mjs'
import { axe, blankness, inTheme, OF_COLOUR, overflow, spaced, unexplained, unfolded } from '../lib/look.mjs'
import { noPostgres } from '../lib/postgres.mjs'
import { signIn } from '../lib/shop.mjs'
import { openShops } from '../lib/shops.mjs'
import { chooseLook, PAGES, shopOf, visit } from '../pages.mjs'

/** The narrowest that WCAG 1.4.10 asks for, and 1366×768 at twice the size (1.4.4). */
const NARROW = { width: 320, height: 640 }
const TWICE = { width: 683, height: 384 }
const SCREENS = {
  desktop: async (page) => [...(await inBothThemes(page)), ...(await enlarged(page))],
  phone: (page) => inBothThemes(page),
}
const wanted = (process.env.BATON_PAGES ?? '').split(',').filter(Boolean)
const pages = PAGES.filter(({ name }) => !wanted.length || wanted.some((part) => name.includes(part)))
let browser, shops
before(async () => {
  browser = await launch()
  shops = openShops()
})
after(async () => {
  await browser?.close()
  await shops?.stop()
})

for (const [size, look] of Object.entries(SCREENS)) {
  describe(`pages on sqlite, ${size}`, () => {
    const guests = opener({ size })
    after(() => guests.close())
    for (const each of pages) {
      test(each.name, async () => {
        const seen = await guests.come(shops, each)
        assert.equal(await visit(seen.page, seen.shop, each), each.status ?? 200)
        const found = [...(await look(seen.page)), ...(each.isList ? await blankness(seen.page) : [])]
        assert.deepEqual([...found, ...seen.complaints()], [])
      })
    }
  })
}

describe('pages on postgres', { skip: noPostgres }, () => {
  const guests = opener({ size: 'phone' })
  let others
  before(() => (others = openShops({ on: 'postgres' })))
  after(async () => {
    await guests.close()
    await others.stop()
  })
  for (const each of pages.filter((one) => shopOf(one) !== 'https')) {
    test(each.name, async () => {
      const seen = await guests.come(others, each)
      assert.equal(await visit(seen.page, seen.shop, each), each.status ?? 200)
      assert.deepEqual([...(await overflow(seen.page)), ...seen.complaints()], [])
    })
  }
})

/** One browser window for each shop, and one for strangers to it. */
function opener({ size }) {
  const windows = new Map()
  async function come(shops, each) {
    const shop = await shops.of(shopOf(each))
    const key = `${shopOf(each)} ${Boolean(each.stranger)}`
    if (!windows.has(key)) {
      const opened = await open(browser, { size, reducedMotion: 'reduce', colorScheme: 'light' })
      await chooseLook(opened.context, shop, { theme: 'auto' })
      if (!each.stranger) await signIn(opened.page, shop)
      windows.set(key, { ...opened, shop })
    }
    const seen = windows.get(key)
    seen.said.length = 0
    return { ...seen, complaints: () => [...seen.left.splice(0).map((url) => `asked ${url}`), ...seen.said.filter((text) => !/status of 4\d\d/.test(text))] }
  }
  return { come, close: async () => { for (const { context } of windows.values()) await context.close() } }
}

async function inBothThemes(page) {
  const found = [...(await axe(page)), ...(await overflow(page)), ...(await unexplained(page))]
  await inTheme(page, 'dark')
  const dark = await axe(page, OF_COLOUR)
  await inTheme(page, 'light')
  return [...found, ...dark.map((line) => `dark: ${line}`), ...(await unfolded(page, () => overflow(page)))]
}

async function enlarged(page) {
  const found = []
  try {
    for (const [name, viewport] of Object.entries({ spaced: SIZES.desktop, 'at 200 %': TWICE, narrow: NARROW, 'narrow and spaced': NARROW })) {
      await page.setViewportSize(viewport)
      const lines = name.includes('spaced') ? await spaced(page, () => overflow(page)) : await overflow(page)
      found.push(...lines.map((line) => `${name}: ${line}`))
    }
  } finally {
    await page.setViewportSize(SIZES.desktop)
  }
  return found
}
