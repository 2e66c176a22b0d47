// What is wrong with a page as it stands: for people who do not see it, and for those whose screen is small.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds, one line each; the policy of the page does not hold for what a debugger brings. */
export async function axe(page) {
  await page.evaluate(source)
  const { violations } = await page.evaluate((tags) => axe.run({ runOnly: tags }), TAGS)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any, all, none }) => `${id}: ${html.slice(0, 160)} (${[...any, ...all, ...none].map(({ message }) => message).join('; ').slice(0, 240)})`))
}

/** Where the page is wider than the screen, or text is cut off without a sign. */
export function overflow(page) {
  return page.evaluate(() => {
    const found = []
    const { scrollWidth } = document.documentElement
    if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} wide, the screen ${innerWidth}: ${widest()}`)
    for (const element of document.querySelectorAll('body *')) if (isClipped(element)) found.push(`text is cut off: ${told(element)}`)
    return found

    function told(element) {
      const classes = typeof element.className === 'string' ? element.className.trim().replace(/\s+/g, '.') : ''
      return `<${element.tagName.toLowerCase()}${classes && `.${classes}`}> ${element.textContent.trim().slice(0, 60)}`
    }
    function widest() {
      const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      return wide.slice(0, 3).map(told).join(' | ')
    }
    function isClipped(element) {
      const style = getComputedStyle(element)
      const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
      if (!hasText || !element.checkVisibility() || element.closest('.visually-hidden, .visually-hidden-focusable, .skip-link, thead, svg')) return false
      const hides = ['hidden', 'clip'].includes(style.overflowX)
      return hides && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1 && style.textOverflow !== 'ellipsis'
    }
  })
}
