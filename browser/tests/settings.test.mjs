// Settings that are about the program: backups down to a restore, diagnostics, rate cards, work that failed, and saying the
// password again.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { launch, open } from '../lib/chromium.mjs'
import { look } from '../lib/look.mjs'
import { noPostgres } from '../lib/postgres.mjs'
import { noFileRows, writeRows } from '../lib/rows.mjs'
import { openShop, run, signIn } from '../lib/shop.mjs'

let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

const saved = (page) => page.waitForSelector('.toast')
const json = async (page, shop, path) => (await page.request.get(shop.url + path)).json()

/** What lies in a ZIP of small files that is not compressed, as it is told at its end. */
function unpacked(bytes) {
  const files = {}
  let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06') + 16)
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [size, nameLength, extraLength, commentLength, local] = [bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    assert.notEqual(size, 0xffffffff)
    files[name] = bytes.subarray(start, start + size)
    at += 46 + nameLength + extraLength + commentLength
  }
  return files
}

for (const [on, size] of [['sqlite', 'desktop'], ['postgres', 'phone'], ['postgres', 'desktop'], ['sqlite', 'phone']]) {
  describe(`settings on ${on}, ${size}`, { skip: on === 'postgres' && noPostgres }, () => {
    const noRows = on === 'sqlite' && noFileRows
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

    test('a backup is made, downloaded and put back, and every order is there', async () => {
      const { page } = seen
      await page.goto(`${shop.url}/settings/backups`)
      await page.waitForSelector('[data-backup=none]')
      await look(seen)
      await page.click('form[action="/settings/backups"] button')
      await page.waitForSelector('[data-backup=good]', { timeout: 60_000 })
      const row = page.locator('tr[data-name]')
      assert.equal(await row.count(), 1)
      await look(seen)
      const [download] = await Promise.all([page.waitForEvent('download'), row.locator('form[action$="/download"] button').click()])
      const bytes = readFileSync(await download.path())
      const name = await row.getAttribute('data-name')
      const files = on === 'sqlite' ? unpacked(bytes) : { [name]: bytes }
      for (const [file, content] of Object.entries(files)) writeFileSync(join(shop.folder, file), content)
      await row.locator('summary').click()
      const command = await row.locator('pre code').innerText()
      assert.ok(command.includes(join(shop.folder, 'backups', name)), command)
      await look(seen)
      const place = join(shop.folder, 'back.sqlite')
      await run(['restore', join(shop.folder, name), '--database', place])
      const back = await run(['export', 'orders', '--format', 'ndjson', '--database', place])
      const { count } = await json(page, shop, '/v1/orders/count')
      assert.ok(count > 100, `${count} orders`)
      assert.equal(back.filter((line) => line.startsWith('{')).length, count)
      const { items } = await json(page, shop, '/v1/events?kind=backup.')
      assert.deepEqual(items.map(({ kind }) => kind), ['backup.downloaded', 'backup.made', 'backup.asked'])
      await row.locator('form[action$="/verify"] button').click()
      await page.waitForURL(/done=backup-check-asked/)
      await page.waitForFunction(async () => (await (await fetch('/v1/events?kind=backup.verified')).json()).items.length === 1)
    })

    test('diagnostics tell how it stands, and the support file tells nobody\'s name', async () => {
      const { page } = seen
      await page.goto(`${shop.url}/settings/diagnostics`)
      for (const of of ['database', 'version', 'backup', 'books']) {
        assert.equal(await page.locator(`[data-look=${of}] .pill-green`).count(), 1, of)
      }
      await look(seen)
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[href$="/support-file"]').first().click()])
      const text = readFileSync(await download.path(), 'utf8')
      assert.ok(JSON.parse(text).rows.orders > 100)
      const { items } = await json(page, shop, '/v1/orders?limit=50')
      const names = items.map(({ customer }) => customer).filter(Boolean)
      assert.ok(names.length > 0)
      for (const word of [...names, shop.owner.email, shop.folder]) assert.ok(!text.includes(word), word)
    })

    test('a rate card is tried, saved, downloaded and taken away, and a broken one is refused where it is wrong', async () => {
      const { page } = seen
      const card = `${shop.url}/settings/rates/zone_pairs.csv`
      await page.goto(`${shop.url}/settings/rates`)
      await look(seen)
      const before = await json(page, shop, '/v1/settings')
      const own = before.files['zone_pairs.csv'] ?? 'origin_zip3,dest_zip3,zone\n972,981,3\n'
      await page.selectOption('#rates-file', 'zone_pairs.csv')
      await page.fill('#rates-content', 'origin_zip3,dest_zip3,zone\n972,981,nowhere\n')
      await page.click('button[value=check]')
      await page.waitForSelector('[data-errors] [role=alert]')
      assert.match(await page.textContent('[data-errors]'), /zone_pairs\.csv/)
      await look(seen)
      assert.deepEqual(await json(page, shop, '/v1/settings'), before)
      await page.fill('#rates-content', own)
      await page.click('button[value=check]')
      await page.waitForSelector('#checked .alert-success')
      await look(seen)
      await page.click('button[value=save]')
      await page.waitForURL(/done=rates-saved/)
      await saved(page)
      assert.equal((await (await page.request.get(card)).text()).trim(), own.trim())
      await page.goto(`${shop.url}/settings/rates`)
      await page.selectOption('#rates-file', 'zone_pairs.csv')
      await page.check('input[name=remove]')
      await page.click('button[value=save]')
      await page.waitForURL(/done=rates-saved/)
      await saved(page)
      assert.equal((await page.request.get(card)).status(), 404)
    })

    test('work that was given up is tried again with a press', { skip: noRows }, async () => {
      const { page } = seen
      writeRows(shop, "insert into jobs (id, kind, subject, payload, due_at, state, attempts, most_attempts, fence, last_error, created_at) values ('job_planted', 'planted', 'ord_1', '{}', 1, 'dead', 1, 1, 1, 'no such host', 1)")
      await page.goto(`${shop.url}/settings/jobs`)
      assert.match(await page.textContent('main'), /no such host/)
      await look(seen)
      await page.click('form[action="/settings/jobs/job_planted/retry"] button')
      await page.waitForURL(/state=ready/)
      await saved(page)
      assert.match(await page.textContent('main'), /planted/)
      writeRows(shop, "delete from jobs where id = 'job_planted'")
    })

    test('what gives others access asks for the password again after a while', { skip: noRows }, async () => {
      const { page } = seen
      writeRows(shop, 'update sessions set proven_at = proven_at - 3600000')
      await page.goto(`${shop.url}/settings/tokens/new`)
      await page.fill('#name', 'till')
      await page.check('input[name=scopes][value="orders:read"]')
      const send = () => page.click('form[action="/settings/tokens/new"] button.btn-primary')
      await send()
      await page.waitForSelector('[data-password-again]')
      await look(seen)
      await page.fill('[data-password-again]', 'not the password at all')
      await send()
      await page.waitForSelector('[data-fault=password_again]')
      await page.fill('[data-password-again]', shop.owner.password)
      await send()
      await page.waitForSelector('#made code')
      assert.match(await page.textContent('#made'), /baton_/)
      await look(seen)
      assert.deepEqual(seen.left, [])
      // A refusal is an answer like any other, which the browser writes down all the same.
      assert.deepEqual(seen.said.filter((text) => !/status of 4(03|04|22)/.test(text)), [])
    })
  })
}
