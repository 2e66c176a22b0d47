// What the script of every page does, tried on a page of our own: no console, no books.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { serveBench } from '../bench/server.mjs'
import { launch, open } from '../lib/chromium.mjs'
import { axe, overflow } from '../lib/look.mjs'

const WEB = new URL('../../crates/assets/web/', import.meta.url).pathname
const made = mkdtempSync(join(tmpdir(), 'baton-front-'))
// Packages carry it built.
const dist = [process.env.WEB_DIST, join(WEB, 'dist'), made].find((folder) => folder === made || (folder && existsSync(join(folder, 'manifest.tsv'))))
let bench, browser

before(async () => {
  if (dist === made) execFileSync('node', ['build.mjs', made], { cwd: WEB })
  bench = await serveBench(dist)
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await bench?.close()
  rmSync(made, { recursive: true, force: true })
})

/** Runs `work` on a fresh page and sees that it said no error and asked nobody else. */
async function on(options, work) {
  const { path = '/', ...rest } = options
  const opened = await open(browser, rest)
  bench.posted.length = 0
  await opened.page.goto(bench.url + path)
  await opened.page.waitForSelector('html.has-js')
  await work(opened.page, opened)
  assert.deepEqual(opened.left, [])
  assert.deepEqual(opened.said.filter((text) => !/status of 4\d\d|503|ERR_INCOMPLETE|ERR_EMPTY/.test(text)), [])
  await opened.context.close()
}

describe('the front end', () => {
  for (const size of ['desktop', 'phone']) {
    for (const theme of ['light', 'dark']) {
      for (const dir of ['ltr', 'rtl']) {
        test(`a page is free of what axe finds and of overflow: ${size}, ${theme}, ${dir}`, () =>
          on({ size, path: `/?theme=${theme}&dir=${dir}` }, async (page) => {
            await page.waitForSelector('.chart-picture canvas')
            assert.deepEqual(await axe(page), [])
            assert.deepEqual(await overflow(page), [])
          }))
      }
    }
  }

  test('the theme follows the system where nobody chose', () =>
    on({ colorScheme: 'dark' }, async (page) => {
      assert.equal(await page.getAttribute('html', 'data-bs-theme'), 'dark')
      await page.emulateMedia({ colorScheme: 'light' })
      await page.waitForSelector('html[data-bs-theme=light]')
    }))

  test('an event has its part of the page asked for again, and ticks, menus and the focus stay', () =>
    on({}, async (page) => {
      await page.check('#row-1042 input')
      await page.click('#more')
      await page.focus('#row-1043 a')
      bench.held += 1
      bench.tell('order.held')
      await page.waitForSelector(`text=Held ${bench.held}`)
      assert.ok(await page.isChecked('#row-1042 input'))
      assert.equal(await page.evaluate(() => document.activeElement.textContent), '#1043')
    }))

  test('an event of another kind asks for nothing', () =>
    on({}, async (page) => {
      const asked = []
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
      bench.tell('stock.moved')
      bench.tell('order.held')
      await page.waitForResponse('**/rows')
      assert.deepEqual(asked, ['/rows'])
    }))

  test('a stream that is refused is said, once it lasts, and heard again afterwards', async () => {
    bench.isUp = false
    const { context, page } = await open(browser)
    await page.clock.install()
    await page.goto(bench.url)
    await page.waitForSelector('html.has-js')
    assert.equal(await page.locator('.live-chip:visible').count(), 0)
    await page.waitForFunction(() => true)
    for (let step = 0; step < 30 && !(await page.locator('.live-chip:visible').count()); step++) await page.clock.runFor(1000)
    assert.equal(await page.locator('.live-chip:visible').count(), 1)
    bench.isUp = true
    for (let step = 0; step < 90 && (await page.locator('.live-chip:visible').count()); step++) await page.clock.runFor(1000)
    assert.equal(await page.locator('.live-chip:visible').count(), 0)
    await context.close()
  })

  test('the palette opens by key, filters, and goes where Enter says', () =>
    on({}, async (page) => {
      await page.keyboard.press('/')
      await page.waitForSelector('.palette [role=option]')
      await page.keyboard.type('inv')
      await page.waitForFunction(() => document.querySelectorAll('.palette [role=option]').length === 1)
      await page.keyboard.press('Enter')
      await page.waitForURL('**/found?Go%20to%20inventory')
      await page.keyboard.press('Control+k')
      await page.waitForSelector('.palette [role=option]')
      await page.keyboard.press('ArrowDown')
      assert.equal(await page.getAttribute('#palette-1', 'aria-selected'), 'true')
      assert.deepEqual(await axe(page), [])
      await page.keyboard.press('Escape')
      await page.waitForSelector('.palette', { state: 'hidden' })
    }))

  test('j and k walk through rows, x ticks, Enter opens, and none of them works in a field or where they are off', () =>
    on({}, async (page) => {
      for (const key of ['j', 'j', 'x', 'k']) await page.keyboard.press(key)
      assert.ok(await page.isChecked('#row-1042 input'))
      assert.equal(await page.getAttribute('.is-current', 'id'), 'row-1043')
      await page.focus('#name')
      await page.keyboard.type('jxk?n')
      assert.equal(await page.inputValue('#name'), 'jxk?n')
      await page.fill('#name', '')
      await page.evaluate(() => (document.getElementById('guarded').reset(), (document.body.dataset.keys = 'off'), document.activeElement.blur()))
      await page.keyboard.press('?')
      assert.equal(await page.locator('dialog[open]').count(), 0)
      await page.evaluate(() => (document.body.dataset.keys = 'on'))
      await page.keyboard.press('j')
      await page.keyboard.press('k')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/orders/1043')
    }))

  test('two keys in turn go to a page, and ? lists the keys', () =>
    on({}, async (page) => {
      await page.keyboard.press('?')
      await page.waitForSelector('dialog[open]')
      assert.match(await page.innerText('dialog[open]'), /Orders[\s\S]*Next row/)
      assert.deepEqual(await axe(page), [])
      await page.keyboard.press('Escape')
      await page.waitForSelector('dialog', { state: 'detached' })
      await page.keyboard.press('g')
      await page.keyboard.press('o')
      await page.waitForURL('**/other')
    }))

  test('ticking all shows how many and offers all that match; the deed is asked about first, and done once', () =>
    on({}, async (page) => {
      assert.ok(await page.isHidden('[data-bulk-actions]'))
      await page.check('[data-bulk-all]')
      assert.equal(await page.innerText('[data-bulk-count]'), '3 selected')
      assert.ok(await page.isVisible('[data-bulk-matching]'))
      await page.check('[data-bulk-all-of]')
      assert.equal(await page.innerText('[data-bulk-count]'), '312 selected')
      await page.uncheck('#row-1041 input')
      assert.ok(await page.isHidden('[data-bulk-matching]'))
      await page.click('text=Cancel orders')
      await page.waitForSelector('dialog[open]')
      assert.deepEqual(await axe(page), [])
      await page.keyboard.press('Escape')
      await page.waitForSelector('dialog', { state: 'detached' })
      assert.deepEqual(bench.posted, [])
      await page.click('text=Cancel orders')
      await page.click('dialog .btn-danger')
      await page.waitForLoadState()
      await page.waitForFunction(() => !document.querySelector('dialog'))
      assert.deepEqual(bench.posted, ['/bulk id=1043&id=1042&do=cancel'])
    }))

  test('where what has the focus is taken away, what was around it has it; but not after a press elsewhere', () =>
    on({}, async (page) => {
      const remove = () => page.evaluate(async () => {
        const gone = document.querySelector('#row-1041 input')
        gone.remove()
        await new Promise(requestAnimationFrame)
        return document.activeElement.tagName
      })
      await page.focus('#row-1041 input')
      assert.equal(await remove(), 'LABEL')
      await page.reload()
      await page.waitForSelector('html.has-js')
      await page.focus('#row-1041 input')
      await page.mouse.click(2, 400)
      assert.equal(await remove(), 'BODY')
    }))

  test('a list is put into order by buttons, and its form is sent in the new order', () =>
    on({}, async (page) => {
      await page.click('[aria-label="Move A down"]')
      await page.waitForLoadState()
      await page.waitForFunction(() => document.readyState === 'complete')
      assert.deepEqual(bench.posted, ['/sort order=b&order=a'])
    }))

  test('a list is put into order by dragging', () =>
    on({}, async (page) => {
      const sent = page.waitForRequest('**/sort')
      await page.dragAndDrop('[data-item="a"] [data-handle]', '[data-item="b"]', { targetPosition: { x: 40, y: 30 } })
      await sent
      await page.waitForFunction(() => document.readyState === 'complete')
      assert.deepEqual(bench.posted, ['/sort order=b&order=a'])
    }))

  test('what was written and not sent is asked about', () =>
    on({}, async (page) => {
      const asked = []
      page.on('dialog', (dialog) => (asked.push(dialog.type()), dialog.dismiss()))
      await page.fill('#name', 'Mall')
      await page.click('text=Today').catch(() => {})
      assert.deepEqual(asked, ['beforeunload'])
      await page.click('text=Save')
      await page.waitForLoadState()
      assert.deepEqual(asked, ['beforeunload'])
      assert.deepEqual(bench.posted, ['/save name=Mall'])
    }))

  test('a refused form says why beside it, keeps what was written, and goes on where the server says', () =>
    on({}, async (page) => {
      await page.click('#checked button')
      await page.waitForSelector('#checked [data-faults]')
      assert.equal(await page.getAttribute('#reason', 'aria-invalid'), 'true')
      assert.equal(await page.evaluate(() => document.activeElement.id), 'reason')
      assert.deepEqual(await axe(page), [])
      await page.keyboard.type('No address')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/?done=hold')
      assert.deepEqual(bench.posted, ['/refused reason=', '/refused reason=No+address'])
    }))

  test('a file that is dropped is sent as if it had been chosen', () =>
    on({}, async (page) => {
      const carried = await page.evaluateHandle(() => {
        const carried = new DataTransfer()
        carried.items.add(new File(['sku,units\nMUG,3\n'], 'stock.csv', { type: 'text/csv' }))
        return carried
      })
      await page.dispatchEvent('#upload [data-drop]', 'dragover', { dataTransfer: carried })
      assert.equal(await page.locator('[data-drop].is-over').count(), 1)
      await page.dispatchEvent('#upload [data-drop]', 'drop', { dataTransfer: carried })
      assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Look at it')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/?done=taken')
      assert.match(bench.posted[0], /^\/taken [^]*filename="stock.csv"[^]*MUG,3/)
    }))

  test('what is under way is asked for again until it is done', async () => {
    bench.worked = 0
    await on({ path: '/?work=1' }, async (page) => {
      await page.waitForFunction(() => document.querySelector('#work').textContent === '3 of 3')
      assert.equal(await page.locator('[data-live-every]').count(), 0)
    })
    assert.equal(bench.worked, 3)
  })

  test('a refused fragment is shown where its answer belongs', () =>
    on({}, async (page) => {
      await page.click('text=Try')
      assert.equal(await page.innerText('#said'), 'Say more')
      assert.equal(await page.getAttribute('#fragment', 'aria-busy'), null)
    }))

  test('text is copied, which a toast says, and the toast goes', () =>
    on({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      await page.clock.install()
      await page.click('button[data-copy]')
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'ord_123')
      await page.waitForSelector('.toast >> text=Copied')
      await page.mouse.move(0, 0)
      await page.clock.runFor(4000)
      assert.equal(await page.locator('.toast').count(), 0)
    }))

  test('a chart has its figures as a table, whose links open the orders', () =>
    on({}, async (page) => {
      await page.waitForSelector('.chart-picture canvas')
      assert.equal(await page.locator('[data-island=chart] table a').first().innerText(), '3 orders')
      const canvas = page.locator('.chart-picture canvas')
      const { width, height } = await canvas.boundingBox()
      await canvas.click({ position: { x: width * 0.126, y: height - 40 } })
      await page.waitForURL('**/o?d=1')
    }))

  test('without script every deed is a link or a form', async () => {
    const { context, page } = await open(browser, { javaScriptEnabled: false })
    bench.posted.length = 0
    await page.goto(bench.url)
    await page.click('[aria-label="Move A down"]')
    assert.deepEqual(bench.posted, ['/sort order=a&down=a&order=b'])
    await page.waitForLoadState()
    assert.ok(await page.locator('[data-handle]').first().isHidden())
    await context.close()
  })
})
