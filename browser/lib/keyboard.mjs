// Somebody with a keyboard alone: no pointer is ever moved. Wherever a key leads, the focus can be seen: it has a ring, it is
// on the screen, and nothing lies over it (WCAG 2.4.7, 2.4.11); and what was done does not lose it.
import assert from 'node:assert/strict'

const SHOTS = process.env.BATON_BROWSER_SHOTS

export class Keyboard {
  constructor(page) {
    Object.assign(this, { page, keys: 0, stops: 0 })
  }

  /** Does a task; `t` is the test, which is told how many keys and stops it took. */
  async does(t, name, work) {
    Object.assign(this, { keys: 0, stops: 0 })
    await work()
    t.diagnostic(`${name}, keyboard: ${this.keys} keys besides typing, ${this.stops} stops of the focus looked at`)
  }

  the(role, name, within = this.page) {
    return within.getByRole(role, { name, exact: typeof name === 'string' }).filter({ visible: true })
  }

  async key(key) {
    this.keys += 1
    await this.page.keyboard.press(key)
  }

  type(text) {
    return this.page.keyboard.type(text)
  }

  /** A key that does something, until that is done: on the same page the focus is not lost. */
  async act(key, until) {
    await this.page.evaluate(() => (window.hadFocus = document.activeElement !== document.body))
    await this.key(key)
    await until()
    if (await this.page.evaluate(() => window.hadFocus)) await this.looksAtFocus(`after ${key}`)
  }

  /** From stop to stop, until the focus is at this. */
  async goTo(thing, { key = 'Tab', most = 60 } = {}) {
    const isThere = () => thing.evaluateAll((all) => all.some((element) => element === document.activeElement))
    for (let at = 0; at < most && !(await isThere()); at += 1) {
      await this.key(key)
      await this.looksAtFocus(key)
    }
    assert.ok(await isThere(), `${most} times ${key} do not lead to ${thing}`)
  }

  /** A choice in a list that is closed: how it begins, and down to it. `answer` is what the page asks for then. */
  async choose(list, option, { most = 5, answer }) {
    const chosen = () => list.evaluate((element) => element.selectedOptions[0]?.label)
    const answered = this.page.waitForResponse(answer)
    await this.type(option.split(' ')[0])
    for (let at = 0; at < most && (await chosen()) !== option; at += 1) await this.key('ArrowDown')
    await answered
    await this.page.waitForFunction(() => document.activeElement.isConnected && document.activeElement !== document.body)
    assert.equal(await chosen(), option)
    await this.looksAtFocus('choosing')
  }

  async looksAtFocus(after) {
    this.stops += 1
    const found = await this.page.evaluate(stop)
    if (found.wrong.length && SHOTS) await this.page.screenshot({ path: `${SHOTS}/keyboard-stuck.png` })
    assert.deepEqual(found.wrong, [], `${after}: ${found.wrong.join('; ')}: ${found.what}`)
  }
}

/** In the page: what is wrong with where the focus is. */
async function stop() {
  // What is drawn anew under the focus is looked at once it stands.
  let element = null
  for (let turn = 0; turn < 5 && !element?.isConnected; turn += 1) {
    element = document.activeElement
    if (!element || element === document.body) return { what: 'the page', wrong: ['the focus is lost'] }
    await stillness(element)
  }
  const what = `<${element.tagName.toLowerCase()}> ${(element.ariaLabel || element.labels?.[0]?.textContent || element.textContent).trim().slice(0, 60)}`
  const wrong = []
  if (!hasRing(element)) wrong.push('it has no ring')
  const seen = points(element)
  if (!seen.length) wrong.push('it is not on the screen')
  else if (seen.filter(([x, y]) => isOnTop(x, y)).length * 2 < seen.length) wrong.push('something lies over it')
  return { what, wrong }

  async function stillness(element) {
    for (let at = element.getBoundingClientRect().top, same = 0; same < 2; ) {
      await new Promise(requestAnimationFrame)
      const now = element.getBoundingClientRect().top
      same = now === at ? same + 1 : 0
      at = now
    }
  }
  function hasRing(element) {
    const style = getComputedStyle(element)
    const isOutlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
    return isOutlined || style.boxShadow !== 'none' || parseFloat(style.borderBlockEndWidth) >= 2
  }
  function points(element) {
    const found = []
    for (const rect of element.getClientRects()) {
      for (const across of [0.1, 0.5, 0.9]) for (const down of [0.15, 0.5, 0.85]) found.push([rect.left + rect.width * across, rect.top + rect.height * down])
    }
    return found.filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight)
  }
  function isOnTop(x, y) {
    const top = document.elementFromPoint(x, y)
    return Boolean(top) && (element.contains(top) || (element.labels ? [...element.labels].some((label) => label.contains(top)) : false))
  }
}
