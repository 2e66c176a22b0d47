// HTTPS with a CA of the shop's own: a browser that trusts it is a secure one, one that does not is warned, and the page on
// which it comes to trust opens before.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, open, trusting } from '../lib/chromium.mjs'
import { axe, overflow } from '../lib/look.mjs'
import { openShop, signIn } from '../lib/shop.mjs'

describe('with a CA of the shop\'s own', () => {
  let shop, stranger, friend
  before(async () => {
    shop = await openShop({ https: true })
    stranger = await launch()
    friend = await launch([trusting(shop.certificate)])
  })
  after(async () => {
    await stranger?.close()
    await friend?.close()
    await shop?.stop()
  })

  test('a browser that trusts nothing yet is warned of every page, but opens the page on which it comes to trust', async () => {
    for (const size of ['phone', 'desktop']) {
      // The page of the warning still comes while the next one would be asked for: each has a page of its own.
      const warned = await open(stranger, { size })
      await assert.rejects(warned.page.goto(`${shop.url}/sign-in`), /ERR_CERT_AUTHORITY_INVALID/)
      await warned.context.close()
      const { context, page, said, left } = await open(stranger, { size })
      const answer = await page.goto(shop.trust)
      assert.equal(answer.status(), 200)
      assert.equal(await page.locator('svg.qr').count(), 1)
      assert.match(await page.locator('main').innerText(), /([0-9A-F]{2}:){31}[0-9A-F]{2}/)
      assert.deepEqual(await axe(page), [])
      assert.deepEqual(await overflow(page), [])
      assert.deepEqual([said, left], [[], []])
      await context.close()
    }
  })

  test('what a device is given is the CA, as each kind of device takes it', async () => {
    const { context, page } = await open(stranger)
    await page.goto(shop.trust)
    const get = async (path) => {
      const answer = await context.request.get(new URL(path, shop.trust).href)
      return [answer.status(), answer.headers()['content-type'], (await answer.body()).length > 400]
    }
    assert.deepEqual(await get('/trust/ca.crt'), [200, 'application/x-x509-ca-cert', true])
    assert.deepEqual(await get('/trust/baton.mobileconfig'), [200, 'application/x-apple-aspen-config', true])
    await context.close()
  })

  test('a browser that trusts it is a secure one, from plain HTTP on', async () => {
    const { context, page } = await open(friend, { size: 'phone' })
    await page.goto(new URL('/sign-in', shop.trust).href)
    assert.equal(new URL(page.url()).origin, shop.url)
    assert.equal(await page.evaluate(() => isSecureContext), true)
    await signIn(page, shop)
    assert.equal(await page.evaluate(() => isSecureContext && 'serviceWorker' in navigator), true)
    await page.goto(`${shop.url}/settings/https`)
    assert.equal(await page.locator('svg.qr').count(), 1)
    assert.equal(await page.locator('.topbar a[href="/settings/https"]').count(), 0)
    assert.deepEqual(await axe(page), [])
    assert.deepEqual(await overflow(page), [])
    await context.close()
  })
})
