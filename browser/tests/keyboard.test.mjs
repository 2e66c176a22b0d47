// The same tasks with a keyboard alone, on a desktop: what has the focus is seen at every stop, and never lost.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, open } from '../lib/chromium.mjs'
import { Keyboard } from '../lib/keyboard.mjs'
import { ASKED, SCHOOL, prepare } from '../lib/orders.mjs'
import { openShop, signIn } from '../lib/shop.mjs'

let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

describe('tasks by keyboard', () => {
  let shop, page, keyboard, seen
  before(async () => {
    shop = await openShop()
    // Nothing slides: each stop is looked at where it comes to rest.
    seen = await open(browser, { reducedMotion: 'reduce' })
    page = seen.page
    await signIn(page, shop)
    await prepare(page, shop)
    keyboard = new Keyboard(page)
  })
  after(async () => {
    await seen?.context.close()
    await shop?.stop()
  })
  const the = (role, name, within) => keyboard.the(role, name, within)
  const at = (heading) => page.getByRole('heading', { level: 1, name: heading }).waitFor()
  const reads = (text) => page.getByText(text).filter({ visible: true }).first().waitFor()
  const begin = async () => {
    await page.goto(shop.url)
    await page.waitForSelector('html.has-js', { state: 'attached' })
  }
  async function find(text) {
    await keyboard.act('/', () => the('combobox', /Search orders/).waitFor())
    await keyboard.type(text)
    await the('option', new RegExp(ASKED.name)).waitFor()
    await keyboard.act('Enter', () => at(ASKED.name))
  }

  test('T13: two keys besides the end of the number', async (t) => {
    await begin()
    await keyboard.does(t, 'T13', async () => {
      await find(ASKED.tail)
      assert.equal(keyboard.keys, 2)
    })
  })

  test('T5: why, and what it costs at another place; and back up through the page', async (t) => {
    await begin()
    await keyboard.does(t, 'T5', async () => {
      await find(ASKED.name)
      assert.equal(keyboard.keys, 2)
      await reads(/is the cheapest location that can send it/)
      const other = page.locator('.candidate:not(.candidate-chosen) summary').first()
      await keyboard.goTo(other)
      await keyboard.act('Enter', () => reads(/It would win if/))
      await keyboard.goTo(page.getByRole('link', { name: 'Skip to content' }), { key: 'Shift+Tab' })
    })
  })

  test('T9: a hundred orders held, the four that refuse mended, and all taken back', async (t) => {
    const [some, refused] = [SCHOOL.orders - SCHOOL.held, SCHOOL.held]
    const takeBack = async () => {
      await keyboard.goTo(the('button', 'Take it back'))
      await keyboard.act('Enter', () => the('dialog', /Take back/).waitFor())
      await keyboard.goTo(the('button', 'Take it back', the('dialog', /Take back/)))
      await keyboard.act('Enter', () => at('Lifting holds'))
    }
    await begin()
    await keyboard.does(t, 'T9', async () => {
      await keyboard.key('g')
      await keyboard.act('o', () => at('Orders'))
      await keyboard.goTo(the('searchbox', 'Search orders'))
      await keyboard.type('oakwood')
      await keyboard.act('Enter', () => reads(`${SCHOOL.orders} orders`))
      // Down the rows, and up again under the bar at the head.
      for (const key of ['j', 'j', 'k']) {
        await keyboard.key(key)
        await keyboard.looksAtFocus(key)
      }
      await keyboard.act('Shift+X', () => reads('50 selected'))
      // On through rows that come up from under what is done to them.
      for (let row = 0; row < 12; row += 1) {
        await keyboard.key('j')
        await keyboard.looksAtFocus('j')
      }
      for (let stop = 0; stop < 12; stop += 1) {
        await keyboard.key('Tab')
        await keyboard.looksAtFocus('Tab')
      }
      await keyboard.act('a', () => page.waitForFunction(() => document.activeElement.name === 'reason'))
      await keyboard.goTo(the('checkbox', `All ${SCHOOL.orders} that the list shows`), { key: 'Shift+Tab' })
      await keyboard.act('Space', () => reads(`${SCHOOL.orders} selected`))
      await keyboard.goTo(the('textbox', 'Why'))
      await keyboard.type('the school is closed')
      await keyboard.goTo(the('button', 'Hold'))
      await keyboard.act('Enter', () => at('Holding orders'))
      await reads(`${some} done`)
      await keyboard.goTo(the('link', `Not done ${refused}`))
      await keyboard.act('Enter', () => reads(/lift that hold first/))
      await keyboard.act('Shift+X', () => reads(`${refused} selected`))
      await keyboard.key('a')
      await keyboard.goTo(the('button', 'Lift the hold'))
      await keyboard.act('Enter', () => at('Lifting holds'))
      await reads(`${refused} done`)
      await keyboard.goTo(the('link', 'Done to many'))
      await keyboard.act('Enter', () => at('Done to many'))
      // The one before the last.
      await keyboard.key('j')
      await keyboard.key('j')
      await keyboard.looksAtFocus('j')
      await keyboard.act('Enter', () => at('Holding orders'))
      await keyboard.goTo(the('button', `Try the ${refused} again`))
      await keyboard.act('Enter', () => reads(`${refused} done · ${refused} in all`))
      await takeBack()
      await reads(`${refused} done · ${refused} in all`)
    })
  })

  test('T4: a rule is written, tried, replayed and published', async (t) => {
    const looked = { answer: (one) => one.request().method() === 'POST' && one.url().endsWith('/rules/edit') }
    await begin()
    await keyboard.does(t, 'T4', async () => {
      await keyboard.key('g')
      await keyboard.act('r', () => at('Rules'))
      await keyboard.act('e', () => at('Write rules'))
      await page.waitForLoadState('networkidle')
      await keyboard.goTo(the('button', 'Add a rule'))
      const action = the('combobox', 'What is done').last()
      await keyboard.act('Enter', () => page.waitForFunction(() => document.activeElement.name === 'then'))
      await keyboard.choose(action, 'prefer …, worth … a parcel', looked)
      await keyboard.goTo(the('combobox', 'Which places').last())
      await keyboard.choose(the('combobox', 'Which places').last(), 'stores', looked)
      await keyboard.goTo(the('textbox', 'Amount').last())
      await keyboard.key('Control+a')
      await keyboard.type('4')
      // What is typed comes back looked over while somebody goes on.
      await keyboard.goTo(the('combobox', 'Number of an order'))
      await reads('Prefer stores, worth $4 a parcel.')
      await keyboard.type(ASKED.name)
      await keyboard.act('Enter', () => reads(/It would go out from/))
      await keyboard.goTo(the('textbox', 'What did you change, and why?'))
      await keyboard.type('Stores first')
      await keyboard.goTo(the('button', 'Save'))
      await keyboard.act('Enter', () => at(/^Version 2/))
      await keyboard.goTo(the('button', 'Replay'))
      await keyboard.act('Enter', () => at(/^Replay of version 2/))
      await reads(/It would have cost/)
      await keyboard.act('p', () => at(/^Publish version 2/))
      await keyboard.goTo(the('button', 'Publish'))
      await keyboard.act('Enter', () => at('Rules'))
      await reads('Published: orders are decided by these rules from now on.')
    })
    assert.deepEqual(seen.said, [])
  })
})
