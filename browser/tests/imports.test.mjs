// Bringing in files: a large one with bad rows, a wrong one that is taken back, and the first one of a new shop.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, open } from '../lib/chromium.mjs'
import { look } from '../lib/look.mjs'
import { noPostgres } from '../lib/postgres.mjs'
import { openShop, signIn } from '../lib/shop.mjs'

const ROWS = 12_000
const BAD = 30
const T2_MS = 120_000
const OWNER = { name: 'Ana Owner', email: 'ana@example.com', password: 'a password that is long enough' }
const HEADER = 'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Type'
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

/** A product export of Shopify; every 400th row weighs what is no number. */
function shopify(rows, bad) {
  const every = Math.floor(rows / Math.max(bad, 1))
  const isBad = (row) => bad > 0 && row % every === 7 && row / every < bad
  const lines = Array.from({ length: rows }, (_, row) => {
    return `t2-${row},"Cup, no ${row}",Size,Large,T2-${row},${isBad(row) ? 'heavy' : 120},${row % 9},${(row % 40) + 1}.50,Cups`
  })
  return [HEADER, ...lines, ''].join('\r\n')
}

/** Like a person who lets go of a file over the page. */
async function drop(page, name, text) {
  const file = await page.evaluateHandle(([name, text]) => {
    const carried = new DataTransfer()
    carried.items.add(new File([text], name, { type: 'text/csv' }))
    return carried
  }, [name, text])
  for (const kind of ['dragover', 'drop']) await page.dispatchEvent('[data-drop]', kind, { dataTransfer: file })
  await page.click('form[data-upload] button.btn-primary')
  await page.waitForURL(/\/inventory\/import\/imp_/)
}

const counted = async (page, what) => Number((await page.textContent(`[data-count=${what}]`)).replace(/\D/g, ''))
const confirmButton = 'form[action$="/confirm"] button'
const over = (page) => page.waitForSelector('#over-title', { timeout: T2_MS })
/** The shelves of the products that came in here. */
const stockOf = async (page, shop) => (await (await page.request.get(`${shop.url}/v1/stock.csv`)).text()).split(/\r?\n/).filter((row) => row.includes('T2-')).join('\n')

for (const [on, size] of [['sqlite', 'desktop'], ['postgres', 'phone'], ['postgres', 'desktop'], ['sqlite', 'phone']]) {
  describe(`files on ${on}, ${size}`, { skip: on === 'postgres' && noPostgres }, () => {
    let shop, seen
    before(async () => {
      shop = await openShop({ on })
      seen = await open(browser, { size })
      await signIn(seen.page, shop)
    })
    after(async () => {
      await seen?.context.close()
      await shop?.stop()
    })

    test('T2: 12,000 rows of Shopify with 30 bad ones come in with two clicks, and the bad ones as a file', async () => {
      const { page } = seen
      const began = Date.now()
      await page.goto(`${shop.url}/inventory/import`)
      await look(seen)
      await drop(page, 'products_export.csv', shopify(ROWS, BAD))
      await page.waitForSelector(confirmButton, { timeout: T2_MS })
      assert.equal(await counted(page, 'new'), ROWS - BAD)
      assert.equal(await counted(page, 'bad'), BAD)
      assert.match(await page.textContent('#import'), /heavy/)
      await look(seen)
      await page.click(confirmButton)
      await over(page)
      assert.ok(Date.now() - began < T2_MS, `it took ${Date.now() - began} ms`)
      assert.equal(await counted(page, 'new'), ROWS - BAD)
      const link = await page.getAttribute('a[href$="/bad-rows.csv"]', 'href')
      const bad = await (await page.request.get(shop.url + link)).text()
      assert.equal(bad.trim().split(/\r?\n/).length, BAD + 1)
      await look(seen)
    })

    test('the bad rows come in again once they are mended', async () => {
      const { page } = seen
      const link = await page.getAttribute('a[href$="/bad-rows.csv"]', 'href')
      const bad = await (await page.request.get(shop.url + link)).text()
      await page.goto(`${shop.url}/inventory/import`)
      await drop(page, 'bad-rows.csv', bad.replaceAll(',heavy,', ',120,'))
      await page.click(confirmButton, { timeout: T2_MS })
      await over(page)
      assert.equal(await counted(page, 'new'), BAD)
      assert.equal(await counted(page, 'bad'), 0)
    })

    test('T11: a wrong table of stock is taken back, and all is as it was', async () => {
      const { page } = seen
      const [first] = await (await page.request.get(`${shop.url}/v1/locations`)).json()
      const table = (more) => ['sku,location,units', ...Array.from({ length: 200 }, (_, row) => `T2-${row},${first.cells.location_id},${row % 9 + more}`), ''].join('\n')
      const bring = async (name, text) => {
        await page.goto(`${shop.url}/inventory/import`)
        await drop(page, name, text)
        await page.waitForSelector(confirmButton, { timeout: T2_MS })
        await look(seen)
        await page.click(confirmButton)
        await over(page)
      }
      await bring('stock.csv', table(1))
      const before = await stockOf(page, shop)
      await bring('wrong.csv', table(1000))
      assert.notEqual(await stockOf(page, shop), before)
      await page.click('form[action$="/revert"] button')
      await page.click('dialog .btn-primary')
      await page.waitForSelector('[data-count=reverted]', { timeout: T2_MS })
      assert.ok((await counted(page, 'reverted')) > 190)
      assert.equal(await counted(page, 'conflicts'), 0)
      assert.equal(await stockOf(page, shop), before)
      await look(seen)
    })

    test('a pasted table whose columns nobody knows is mapped by hand once, and remembered', async () => {
      const { page } = seen
      const paste = async () => {
        await page.goto(`${shop.url}/inventory/import`)
        await page.click('details.paste summary')
        await page.fill('#pasted', 'Ware\tMenge\nT2-1\t41\nT2-2\t42\n')
        await page.check('input[name=kind][value=stock]')
        await page.click('form[data-upload] button.btn-primary')
        await page.waitForURL(/\/inventory\/import\/imp_/)
      }
      await paste()
      await look(seen)
      await page.selectOption('#column-0', 'sku')
      await page.selectOption('#column-1', 'units')
      await page.selectOption('#location', { index: 1 })
      await page.click('form[action$="/plan"] button.btn-primary')
      await page.waitForSelector(confirmButton, { timeout: T2_MS })
      assert.equal(await counted(page, 'bad'), 0)
      await paste()
      assert.equal(await page.inputValue('#column-1'), 'units')
      assert.deepEqual(seen.left, [])
      assert.deepEqual(seen.said, [])
    })
  })
}

test('a new shop brings the products of an export, and then the stock in it, without script', { timeout: T2_MS }, async () => {
  const shop = await openShop({ books: 'none' })
  const first = await open(browser)
  const plain = await open(browser, { javaScriptEnabled: false })
  try {
    await first.page.goto(shop.link)
    for (const [field, value] of Object.entries(OWNER)) await first.page.fill(`input[name=${field}]`, value)
    await first.page.click('form[action="/start"] button')
    await first.page.waitForURL((url) => url.pathname !== '/start')
    await first.page.goto(`${shop.url}/welcome/shop`)
    for (const [field, value] of Object.entries({ shop_name: 'Cups', name: 'Mall Road', zip: '97201' })) await first.page.fill(`input[name=${field}]`, value)
    await first.page.click('form[action="/welcome/shop"] button')
    await first.page.waitForURL(/\/welcome\/places/)

    const { page } = plain
    await signIn(page, { url: shop.url, owner: OWNER })
    await page.goto(`${shop.url}/welcome/stock`)
    await page.click('a[href="/inventory/import"]')
    await page.setInputFiles('#file', { name: 'products_export.csv', mimeType: 'text/csv', buffer: Buffer.from(shopify(6, 0)) })
    await page.click('form[data-upload] button.btn-primary')
    await until(page, confirmButton)
    await page.click(confirmButton)
    await until(page, '#over-title')
    assert.equal(await counted(page, 'new'), 6)
    await page.click('form[action$="/stock"] button')
    await until(page, confirmButton)
    await page.click(confirmButton)
    await until(page, '#over-title')
    assert.match(await stockOf(page, shop), /T2-5/)
    assert.deepEqual(plain.left, [])
  } finally {
    for (const { context } of [first, plain]) await context.close()
    await shop.stop()
  }
})

/** Without script a link leads on while it is worked on. */
async function until(page, selector) {
  for (;;) {
    if (await page.locator(selector).count()) return
    await page.click('noscript a')
  }
}
