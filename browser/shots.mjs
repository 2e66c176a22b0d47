// Pictures of every page: node browser/shots.mjs --out DIR [--url URL --email E --password P] [--language de]
//
// In both sizes and both themes. Says where a page is wider than the screen, text is cut off, an error was shown or something
// was asked for elsewhere, and ends with 1 where there was any.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launch, open, SIZES } from './lib/chromium.mjs'
import { overflow } from './lib/look.mjs'
import { openShop, signIn } from './lib/shop.mjs'
import { chooseLook, PAGES, visit } from './pages.mjs'

const { values } = parseArgs({ options: { out: { type: 'string', default: 'shots' }, url: { type: 'string' }, email: { type: 'string' }, password: { type: 'string' }, language: { type: 'string', default: '' }, only: { type: 'string' } } })
mkdirSync(values.out, { recursive: true })
const given = values.url && { url: values.url, owner: { email: values.email, password: values.password }, stop: async () => {} }
const shop = given || (await openShop())
const browser = await launch()
const found = []
try {
  for (const size of Object.keys(SIZES)) for (const theme of ['light', 'dark']) await shoot(size, theme)
} finally {
  await browser.close()
  await shop.stop()
}
for (const line of found) console.log(line)
console.log(`${found.length ? found.length : 'nothing'} to look at; pictures are in ${values.out}`)
process.exitCode = found.length ? 1 : 0

async function shoot(size, theme) {
  const { context, page, left, said } = await open(browser, { size })
  await chooseLook(context, shop, { theme, language: values.language })
  let isIn = false
  for (const each of PAGES.filter(({ name }) => !values.only || name === values.only)) {
    if (!each.stranger && !isIn) {
      await signIn(page, shop)
      isIn = true
    }
    const where = `${each.name}, ${size}, ${theme}`
    said.length = 0
    if (!(await visit(page, shop, each))) {
      if (!each.isComing) found.push(`${where}: there is no such page`)
      continue
    }
    await page.evaluate(() => document.fonts.ready)
    for (const line of [...(await overflow(page)), ...left.splice(0).map((url) => `asked ${url}`), ...said.filter(isOdd)]) found.push(`${where}: ${line}`)
    await page.screenshot({ path: join(values.out, `${each.name}.${size}.${theme}.png`), fullPage: true })
  }
  await context.close()
}

function isOdd(text) {
  return !/status of 404/.test(text)
}
