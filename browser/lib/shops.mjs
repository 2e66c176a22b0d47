// The shops whose pages are looked at, by the names that pages.mjs gives them, each opened when it is first asked for.
import { asOwner } from './api.mjs'
import { furnish } from './furnish.mjs'
import { openShop } from './shop.mjs'

export const OWNER = { name: 'Ana Owner', email: 'ana@example.com', password: 'a password that is long enough' }
const PLACE = { shop_name: 'Cups', name: 'Mall Road', zip: '97201', currency: 'USD' }

const WAYS = {
  full: async (on) => {
    const shop = await openShop({ on })
    return Object.assign(shop, { made: await furnish(shop) })
  },
  unowned: async (on) => {
    const shop = await openShop({ books: 'none', on })
    return Object.assign(shop, { made: { start: new URL(shop.link).pathname + new URL(shop.link).search } })
  },
  empty: owned,
  bare: async (on) => {
    const shop = await owned(on)
    const { form } = await asOwner(shop)
    await form('/welcome/shop', PLACE)
    return shop
  },
  https: async () => {
    const shop = await openShop({ books: 'none', https: true })
    return Object.assign(shop, { url: new URL(shop.trust).origin })
  },
}

async function owned(on) {
  const shop = await openShop({ books: 'none', on })
  const body = JSON.stringify({ ...OWNER, secret: new URL(shop.link).searchParams.get('secret') })
  const answer = await fetch(`${shop.url}/v1/setup`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (!answer.ok) throw new Error(`POST /v1/setup: ${answer.status} ${await answer.text()}`)
  return Object.assign(shop, { owner: OWNER })
}

/** `of(name)` answers a shop, the same each time; `stop()` ends all that were opened. */
export function openShops({ on = 'sqlite' } = {}) {
  const opened = new Map()
  return {
    of: (name) => {
      if (!opened.has(name)) opened.set(name, WAYS[name](on))
      return opened.get(name)
    },
    stop: async () => {
      for (const shop of opened.values()) await shop.then((one) => one.stop(), () => {})
    },
  }
}
