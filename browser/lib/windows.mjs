// Windows on the shops whose pages are looked at: one for each shop, and one for strangers to it.
import { launch, open } from './chromium.mjs'
import { signIn } from './shop.mjs'
import { openShops } from './shops.mjs'
import { chooseLook, PAGES, shopOf } from '../pages.mjs'

/** Those that BATON_PAGES names, by parts of their names; all of them where it is empty. */
const wanted = (process.env.BATON_PAGES ?? '').split(',').filter(Boolean)
export const pages = PAGES.filter(({ name }) => !wanted.length || wanted.some((part) => name.includes(part)))

/** A browser and shops. `at(each)` answers the window in which a page is looked at, and what it has to complain of. */
export async function openWindows({ on, language, ...look }) {
  const browser = await launch()
  const shops = openShops({ on })
  const windows = new Map()

  async function begin(each) {
    const shop = await shops.of(shopOf(each))
    const opened = await open(browser, { reducedMotion: 'reduce', colorScheme: 'light', ...look })
    await chooseLook(opened.context, shop, { theme: 'auto', language })
    if (!each.stranger) await signIn(opened.page, shop)
    return { ...opened, shop }
  }
  return {
    at: async (each) => {
      const key = `${shopOf(each)} ${Boolean(each.stranger)}`
      if (!windows.has(key)) windows.set(key, await begin(each))
      const seen = windows.get(key)
      seen.said.length = 0
      return { ...seen, complaints: () => [...seen.left.splice(0).map((url) => `asked ${url}`), ...seen.said.filter((text) => !/status of 4\d\d/.test(text))] }
    },
    close: async () => {
      await browser.close()
      await shops.stop()
    },
  }
}
