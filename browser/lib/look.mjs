// What is wrong with a page as it stands: for people who do not see it, and for those whose screen is small.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']
/** What another theme can change. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']
/** Of a long list, the first ones stand for the rest. */
const MOST_FOLDS = 6
const MOST_ROWS = 12
const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds, one line each; the policy of the page does not hold for what a debugger brings. `rules`: only these. */
export async function axe(page, rules) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const runOnly = rules ? { type: 'rule', values: rules } : TAGS
  const { violations } = await page.evaluate((runOnly) => axe.run({ runOnly, resultTypes: ['violations'], preload: false, iframes: false }), runOnly)
  // What an open menu covers is not pressed before it closes, and what a bar at the edge covers comes out from under it.
  const isCovered = await page.evaluate(() => Boolean(document.querySelector('.dropdown-menu.show, [data-bulk-actions]:not([hidden])')))
  const counts = (id, { any }) => !(isCovered && id === 'target-size' && any.some(({ message }) => message.includes('obscured')))
  return violations.flatMap(({ id, nodes }) => nodes.filter((node) => counts(id, node)).map(({ html, any, all, none }) => `${id}: ${html.slice(0, 160)} (${[...any, ...all, ...none].map(({ message }) => message).join('; ').slice(0, 240)})`))
}

/** Nothing is wrong with the page as it stands. A form that is sent is dimmed until it has its answer, and a moment longer. */
export async function look({ page }) {
  await page.waitForFunction(() => !document.querySelector('form[aria-busy="true"]'))
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
    return Promise.all(ending.map(({ finished }) => finished.catch(() => {})))
  })
  assert.deepEqual([...(await axe(page)), ...(await overflow(page))], [])
}

/** Where the page is wider than the screen, or text is cut off without a sign. */
export function overflow(page) {
  return page.evaluate(() => {
    const found = []
    // A phone shows what is too wide by making everything small, so that innerWidth grows with it.
    const { scrollWidth, clientWidth: screen } = document.documentElement
    if (scrollWidth > screen) found.push(`the page is ${scrollWidth} wide, the screen ${screen}: ${widest()}`)
    for (const element of document.querySelectorAll('body *')) if (isClipped(element)) found.push(`text is cut off: ${told(element)}`)
    return found

    function told(element) {
      const classes = typeof element.className === 'string' ? element.className.trim().replace(/\s+/g, '.') : ''
      return `<${element.tagName.toLowerCase()}${classes && `.${classes}`}> ${element.textContent.trim().slice(0, 60)}`
    }
    function widest() {
      const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > screen + 1 && !element.closest('thead, svg, .visually-hidden, .table-responsive > *, .table-scroll > *'))
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

/** Controls that cannot be used and do not say why: beside them, or where `aria-describedby` points. */
function unexplained(page) {
  return page.evaluate(() => {
    const closed = [...document.querySelectorAll(':is(button, input, select, textarea):disabled, [aria-disabled="true"]')]
    return closed.filter((element) => element.checkVisibility() && !says(element)).map((element) => `it does not say why it cannot be used: ${element.outerHTML.slice(0, 160)}`)

    function says(element) {
      const ids = (element.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean)
      const told = ids.map((id) => document.getElementById(id)).filter((one) => one?.checkVisibility() && one.textContent.trim())
      return told.length > 0
    }
  })
}

/** The spacing of text that people may choose (WCAG 1.4.12), while something is looked at. */
export async function spaced(page, look) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }')
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  })
  try {
    return await look()
  } finally {
    await page.evaluate(() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1) })
  }
}

/** What an empty list lacks: a title, what it is for, and one thing to do. */
export function blankness(page) {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll('main .empty')].filter((element) => element.checkVisibility())
    if (!seen.length) return ['nothing says that there is nothing']
    return seen.flatMap((element) => {
      const title = element.querySelector('.empty-title, .calm')
      const words = element.querySelector('.empty-subtitle')
      const ways = element.querySelectorAll('.empty-action :is(a[href], summary, button:not(details button))')
      const lacks = [[title?.textContent.trim(), 'a title'], [words?.textContent.trim(), 'a sentence'], [ways.length === 1, 'one thing to do']]
      return lacks.filter(([is]) => !is).map(([, what]) => `an empty list lacks ${what}: ${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 80)}`)
    })
  })
}

/** Opens one after another what is folded away, and looks at each while it is open. */
export async function unfolded(page, look) {
  const found = []
  for (const one of (await page.$$('main details:not([open])')).slice(0, MOST_FOLDS)) {
    await one.evaluate((element) => { element.open = element.checkVisibility() })
    found.push(...(await look()))
    // What floats over the page would be in the way of the next.
    await one.evaluate((element) => { element.open &&= !element.matches('[data-popover]') })
  }
  return found
}

/** Until what has just changed is drawn. */
export const frames = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20)))))

/** In a theme that is not the one it came in: the script follows the system. */
export async function inTheme(page, theme) {
  await page.emulateMedia({ colorScheme: theme })
  await page.waitForSelector(`html[data-bs-theme=${theme}]`, { state: 'attached' })
  // Colours move to the other theme between two frames.
  await frames(page)
}

/** What there is to complain of a page as it stands, in the light and in the dark, folded and unfolded. */
export async function inBothThemes(page) {
  const found = [...(await overflow(page)), ...(await unexplained(page))]
  await shorten(page)
  found.push(...(await axe(page)))
  await inTheme(page, 'dark')
  const dark = await axe(page, OF_COLOUR)
  await inTheme(page, 'light')
  return [...found, ...dark.map((line) => `dark: ${line}`), ...(await unfolded(page, () => overflow(page)))]
}

/** Long tables take minutes to look through: what is wrong with a row is wrong with the first ones. */
function shorten(page) {
  return page.evaluate((most) => {
    for (const row of document.querySelectorAll(`main :is(tbody > tr, ul > li, ol > li):nth-child(n + ${most + 1})`)) row.hidden = true
  }, MOST_ROWS)
}
