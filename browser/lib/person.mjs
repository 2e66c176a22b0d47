// Somebody who has only the screen: finds things by what they are called, and every press is counted.
//
// Owns: what counts as a press, and the budget of a task. A field costs one unless it has the focus; a choice from a list
// two: it is opened, and something in it pressed. Letters that are typed are not counted. No wall time is held to anything:
// how long a task took is told beside its presses.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const SHOTS = process.env.BATON_BROWSER_SHOTS

export class Person {
  constructor(page, { size }) {
    Object.assign(this, { page, isOnPhone: size === 'phone', presses: 0, shots: 0, size })
  }

  /** Does a task within a budget of presses; `t` is the test, which is told how it went. */
  async does(t, name, { most }, work) {
    this.presses = 0
    this.shots = 0
    this.task = name
    const began = performance.now()
    await work().catch(async (error) => {
      await this.look('stuck here')
      throw error
    })
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    t.diagnostic(`${name}, ${this.size}: ${this.presses} presses of ${most} at most, ${seconds} s`)
    assert.ok(this.presses <= most, `${name} took ${this.presses} presses, and ${most} are the most`)
  }

  /** What has a role and a name, where it can be seen. */
  the(role, name, { within, exact = true } = {}) {
    return (within ?? this.page).getByRole(role, { name, exact: exact && typeof name === 'string' }).filter({ visible: true })
  }

  async press(role, name, more) {
    await this.touch(this.the(role, name, more))
  }

  async touch(thing) {
    this.presses += 1
    await (this.isOnPhone ? thing.tap() : thing.click())
  }

  /** Writes into a field. */
  async write(label, text, { within, exact = true } = {}) {
    const field = (within ?? this.page).getByLabel(label, { exact }).filter({ visible: true })
    if (!(await field.evaluate((element) => element === document.activeElement))) await this.touch(field)
    await field.fill(text)
  }

  async choose(label, option, { within } = {}) {
    const list = (within ?? this.page).getByLabel(label, { exact: true }).filter({ visible: true })
    this.presses += 2
    await list.selectOption({ label: option })
  }

  /** An entry of the menu, which a phone has behind a button. */
  async goTo(entry) {
    if (this.isOnPhone) await this.press('button', 'Menu')
    await this.press('link', entry, { within: this.page.getByRole('navigation', { name: 'Menu' }) })
    await this.at(entry)
  }

  /** Waits for a page by its heading. */
  async at(heading) {
    await this.the('heading', heading, { exact: false }).first().waitFor()
    await this.look(String(heading))
  }

  /** A text that has to be there. */
  async reads(text, { within } = {}) {
    await (within ?? this.page).getByText(text).filter({ visible: true }).first().waitFor()
  }

  /** A picture of each step, where BATON_BROWSER_SHOTS names a folder. */
  async look(step) {
    if (!SHOTS) return
    mkdirSync(SHOTS, { recursive: true })
    this.shots += 1
    const name = `${this.task} ${this.size} ${String(this.shots).padStart(2, '0')} ${step}`.replace(/[^\w]+/g, '-')
    await this.page.screenshot({ path: join(SHOTS, `${name}.png`) })
  }
}
