// What people come to do, done by somebody who has only the screen: in how many presses, and what they read on the way.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { launch, open } from '../lib/chromium.mjs'
import { axe, overflow } from '../lib/look.mjs'
import { ASKED, SCHOOL, prepare } from '../lib/orders.mjs'
import { Person } from '../lib/person.mjs'
import { noPostgres } from '../lib/postgres.mjs'
import { openShop, signIn } from '../lib/shop.mjs'

let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

for (const [on, size] of [['sqlite', 'desktop'], ['postgres', 'phone'], ['sqlite', 'phone'], ['postgres', 'desktop']]) {
  describe(`tasks on ${on}, ${size}`, { skip: on === 'postgres' && noPostgres }, () => {
    let shop, seen, person
    // A phone has the menu behind a button.
    const menu = size === 'phone' ? 1 : 0
    before(async () => {
      shop = await openShop({ on })
      seen = await open(browser, { size })
      await signIn(seen.page, shop)
      await prepare(seen.page, shop)
      person = new Person(seen.page, { size })
    })
    after(async () => {
      await seen?.context.close()
      await shop?.stop()
    })
    const clean = async () => {
      // The pages are the same on both databases.
      if (on === 'sqlite') assert.deepEqual(await axe(seen.page), [])
      assert.deepEqual(await overflow(seen.page), [])
      assert.deepEqual(seen.left, [])
      assert.deepEqual(seen.said, [])
    }

    test('T13: an order is found by the end of a telephone number', async (t) => {
      await seen.page.goto(shop.url)
      await person.does(t, 'T13', { most: 2 }, async () => {
        await person.press('button', /Search or jump/)
        await seen.page.keyboard.type(ASKED.tail)
        const found = person.the('option', new RegExp(ASKED.name))
        await found.filter({ hasText: ASKED.customer }).waitFor()
        await person.look('found')
        await person.touch(found)
        await person.at(ASKED.name)
        await person.reads(ASKED.customer)
      })
      await clean()
    })

    test('T5: why an order went where it did is read two presses from the first page', async (t) => {
      await seen.page.goto(shop.url)
      await person.does(t, 'T5', { most: 2 }, async () => {
        await person.press('button', /Search or jump/)
        await seen.page.keyboard.type(ASKED.name)
        await person.press('option', new RegExp(ASKED.name))
        await person.at(ASKED.name)
        await readsWhy()
      })
      await clean()
    })

    test('T5: and one press from the list of orders', async (t) => {
      await seen.page.goto(shop.url)
      await person.does(t, 'T5 from the list', { most: 2 + menu }, async () => {
        await person.goTo('Orders')
        await person.touch(person.the('link', /^SCH-/).first())
        await person.at(/^SCH-/)
        await person.the('region', 'Why this location?').waitFor()
      })
    })

    /** The winner, why it won, what each of the others lacked, and what would make another of them win. */
    async function readsWhy() {
      const why = person.the('region', 'Why this location?')
      const places = why.getByRole('list', { name: 'Locations that were looked at' }).getByRole('listitem')
      const told = (await places.allInnerTexts()).map((text) => text.split('\n').map((line) => line.trim()).filter(Boolean))
      assert.ok(told.length >= 4, `${told.length} places were looked at`)
      const winners = told.filter((lines) => lines.includes('Chosen'))
      assert.equal(winners.length, 1)
      const [winner] = winners[0]
      await person.reads(new RegExp(`${winner} is the (cheapest|only) location that can send it`), { within: why })
      for (const [place, ...rest] of told) {
        const says = rest.at(-1)
        assert.match(says, /[a-z]{3}/, `${place} says ${rest}`)
        assert.ok(rest.some((line) => /\$\d/.test(line)) || says.length > 10, `${place} tells neither a cost nor a reason: ${rest}`)
      }
      const change = await why.getByText('What would change it:').locator('..').innerText()
      assert.ok(told.some(([place]) => place !== winner && change.includes(`${place}: `)), change)
      assert.match(change, /\.$/)
    }

    test('T9: something is done to a hundred orders; the four that refuse say why, are mended and done; and all is taken back', async (t) => {
      const { page } = seen
      await page.goto(shop.url)
      const [some, refused] = [SCHOOL.orders - SCHOOL.held, SCHOOL.held]
      const back = async (what, count) => {
        await person.press('link', 'Done to many')
        await person.at('Done to many')
        await person.touch(person.the('row', new RegExp(`${what}.*${count} done`)).getByRole('link', { name: what }))
        await person.at(what)
      }
      await person.does(t, 'T9', { most: 19 + menu }, async () => {
        await person.goTo('Orders')
        await person.write('Search orders', 'oakwood')
        await person.press('button', 'Filter')
        await person.reads(`${SCHOOL.orders} orders`)
        await person.press('checkbox', 'Tick all on this page')
        await person.touch(person.the('checkbox', `All ${SCHOOL.orders} that the list shows`))
        await person.reads(`${SCHOOL.orders} selected`)
        await person.write('Why', 'the school is closed')
        await person.look('ticked')
        await person.press('button', 'Hold')
        await person.at('Holding orders')
        await person.reads(`${some} done`)
        await person.reads(`${refused} not done`)
        await person.the('button', `Try the ${refused} again`).waitFor()
        await clean()

        await person.press('link', `Not done ${refused}`)
        const rows = person.the('row', /SCH-/)
        await rows.nth(refused - 1).waitFor()
        assert.equal(await rows.count(), refused)
        for (const text of await rows.allInnerTexts()) assert.match(text, /SCH-[1-4]\b[^]*The order is held already \(payment\); lift that hold first\./)
        await person.look('refused')
        await clean()

        await person.press('checkbox', 'Tick all on this page')
        await person.press('button', 'Lift the hold')
        await person.at('Lifting holds')
        await person.reads(`${refused} done`)
        await back('Holding orders', some)
        await person.press('button', `Try the ${refused} again`)
        await person.reads(`${refused} done · ${refused} in all`)

        await takeBack()
        await person.reads(`${refused} done · ${refused} in all`)
        await back('Holding orders', some)
        await takeBack()
        await person.reads(`${some} done · ${some} in all`)
      })
      const held = await (await page.request.get(`${shop.url}/v1/orders/count?state=held&search=oakwood`)).json()
      assert.equal(held.count, 0)
      await clean()
    })

    async function takeBack() {
      await person.press('button', 'Take it back')
      await person.press('button', 'Take it back', { within: person.the('dialog', /Take back/) })
      await person.at('Lifting holds')
    }

    test('T4: a rule is written, tried on an order and on 90 days, and published', async (t) => {
      await seen.page.goto(shop.url)
      await person.does(t, 'T4', { most: 15 + menu }, async () => {
        await person.goTo('Rules')
        await person.press('link', 'Edit')
        await person.at('Write rules')
        const rules = person.the('listitem').filter({ has: seen.page.getByLabel('What is done', { exact: true }) })
        const row = rules.nth(await rules.count())
        await person.press('button', 'Add a rule')
        await person.choose('What is done', 'prefer …, worth … a parcel', { within: row })
        await row.getByLabel('Amount').waitFor()
        await person.choose('Which places', 'stores', { within: row })
        await person.reads(/^Prefer stores, worth/)
        await person.press('textbox', 'Amount', { within: row })
        await seen.page.keyboard.press('ControlOrMeta+a')
        await seen.page.keyboard.type('4')
        await person.reads('Prefer stores, worth $4 a parcel.')
        await person.write('Number of an order', ASKED.name)
        await person.press('button', 'Test')
        await person.reads(/It would go out from (elsewhere|the same place)\./)
        await person.look('tried')
        await clean()
        await person.write('What did you change, and why?', 'Stores first')
        await person.press('button', 'Save')
        await person.at(/^Version 2/)
        await person.press('button', 'Replay')
        await person.at(/^Replay of version 2/)
        await person.reads(/It would have cost/)
        await person.look('replayed')
        await clean()
        await person.press('link', 'Publish')
        await person.at(/^Publish version 2/)
        await person.press('button', 'Publish')
        await person.at('Rules')
        await person.reads('Published: orders are decided by these rules from now on.')
        await person.reads('Prefer stores, worth $4 a parcel.')
      })
      await clean()
    })
  })
}
