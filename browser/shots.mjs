// Pictures of every page: node browser/shots.mjs --out DIR [--url URL --email E --password P] [--language de] [--only orders,rules] [--size phone]
//
// In both sizes and both themes, and an index.html that shows all of them side by side. Says where something is wrong that can
// be seen at a glance (lib/look.mjs), and ends with 1 where there was any. A shop that is named is looked at as it is: pages
// that need something made for them are left out.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launch, open, SIZES } from './lib/chromium.mjs'
import { inTheme, overflow } from './lib/look.mjs'
import { signIn } from './lib/shop.mjs'
import { openShops } from './lib/shops.mjs'
import { chooseLook, PAGES, shopOf, visit } from './pages.mjs'

const { values } = parseArgs({ options: { out: { type: 'string', default: 'shots' }, url: { type: 'string' }, email: { type: 'string' }, password: { type: 'string' }, language: { type: 'string', default: '' }, only: { type: 'string' }, size: { type: 'string' } } })
const THEMES = ['light', 'dark']
const sizes = values.size ? [values.size] : Object.keys(SIZES)
const only = values.only?.split(',')
const isWanted = (each) => (!only || only.some((name) => each.name.includes(name))) && (!values.url || (typeof each.path === 'string' && shopOf(each) === 'full'))
const pages = PAGES.filter(isWanted)
mkdirSync(values.out, { recursive: true })
const shops = values.url ? { of: async () => ({ url: values.url, owner: values, made: {} }), stop: async () => {} } : openShops()
const browser = await launch()
const found = []
try {
  for (const size of sizes) await shoot(size)
  writeFileSync(join(values.out, 'index.html'), sheet(pages))
} finally {
  await browser.close()
  await shops.stop()
}
for (const line of found) console.log(line)
console.log(`${found.length ? found.length : 'nothing'} to look at; pictures are in ${join(values.out, 'index.html')}`)
process.exitCode = found.length ? 1 : 0

async function shoot(size) {
  const seen = new Map()
  for (const each of pages) {
    const shop = await shops.of(shopOf(each))
    const key = `${shopOf(each)} ${Boolean(each.stranger)}`
    if (!seen.has(key)) seen.set(key, await comeIn(shop, size, each))
    const { page, left, said } = seen.get(key)
    said.length = 0
    try {
      await visit(page, shop, each)
      await page.evaluate(() => document.fonts.ready)
      for (const line of [...(await overflow(page)), ...left.splice(0).map((url) => `asked ${url}`), ...said.filter((text) => !/status of 4/.test(text))]) found.push(`${each.name}, ${size}: ${line}`)
      for (const theme of THEMES) {
        await inTheme(page, theme)
        await page.screenshot({ path: join(values.out, fileOf(each, size, theme)), fullPage: !each.isScreen })
      }
    } catch (error) {
      found.push(`${each.name}, ${size}: ${error.message}`)
    }
  }
  for (const { context } of seen.values()) await context.close()
}

async function comeIn(shop, size, { stranger }) {
  const opened = await open(browser, { size, reducedMotion: 'reduce' })
  await chooseLook(opened.context, shop, { theme: 'auto', language: values.language })
  if (!stranger) await signIn(opened.page, shop)
  return opened
}

function fileOf({ name }, size, theme) {
  return `${name}.${size}.${theme}.png`
}

function sheet(pages) {
  const picture = (file) => `<a href="${file}"><img src="${file}" loading="lazy" alt="${file}"></a>`
  const row = (each) => `<section><h2>${each.name}</h2>${sizes.flatMap((size) => THEMES.map((theme) => picture(fileOf(each, size, theme)))).join('')}</section>`
  const style = 'body{font:14px system-ui;margin:1rem;background:#888}section{margin-block-end:1.5rem}h2{margin:0 0 .25rem}img{height:22rem;max-width:40rem;object-fit:cover;object-position:top;margin:0 .5rem .5rem 0}'
  return `<!doctype html><meta charset="utf-8"><title>Every page</title><style>${style}</style>${pages.map(row).join('\n')}\n`
}
