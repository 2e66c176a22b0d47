// Orders that a shop of the demo is sent before somebody begins: by its API, as a channel would.
import assert from 'node:assert/strict'

const COLUMNS = ['channel', 'external_id', 'name', 'lane', 'service', 'ship_to.postal', 'ship_to.country', 'customer.name', 'customer.phone', 'sku', 'quantity', 'unit_price']

/** Sends orders as whoever is signed in; ids in the order in which they were sent. */
export async function send(page, shop, orders) {
  const plain = { channel: 'web', lane: 'ship', service: 'standard', 'ship_to.postal': '97201', 'ship_to.country': 'US', 'customer.phone': '', quantity: 1, unit_price: '36.04' }
  const rows = orders.map((order) => ({ ...plain, external_id: order.name, ...order })).map((order) => COLUMNS.map((column) => order[column]).join(','))
  const answer = await page.request.post(`${shop.url}/v1/orders/bulk`, {
    headers: { 'Content-Type': 'text/csv', Origin: shop.url }, data: [COLUMNS.join(','), ...rows, ''].join('\n'),
  })
  const told = (await answer.text()).trim().split('\n').map((line) => JSON.parse(line))
  assert.deepEqual(told.filter(({ status }) => status !== 201), [])
  return told.map(({ id }) => id)
}

/** Holds orders as somebody else would have done. */
export async function hold(page, shop, ids, reason) {
  for (const id of ids) {
    const answer = await page.request.post(`${shop.url}/v1/orders/${id}/hold`, { headers: { Origin: shop.url }, data: { reason } })
    assert.equal(answer.status(), 200, await answer.text())
  }
}

/** How many orders the school has, and how many of them somebody holds already. */
export const SCHOOL = { name: 'Oakwood School', orders: 100, held: 4 }
/** An order that several places can send, and the end of its customer's telephone number. */
export const ASKED = { name: 'ASK-1', customer: 'Mira Quiet', tail: '7719' }

/** Orders for the tasks: a hundred of one school, four of which wait for their payment, and one that somebody asks about. */
export async function prepare(page, shop) {
  const [common, widest] = await skus(page, shop)
  await send(page, shop, [{ name: ASKED.name, 'customer.name': ASKED.customer, 'customer.phone': `+1 503 555 ${ASKED.tail}`, sku: widest }])
  const school = Array.from({ length: SCHOOL.orders }, (_, at) => ({ name: `SCH-${at + 1}`, 'customer.name': SCHOOL.name, sku: common }))
  const ids = await send(page, shop, school)
  await hold(page, shop, ids.slice(0, SCHOOL.held), 'payment')
}

/** The product of which there are most, and the one that most places have two or more of. */
export async function skus(page, shop) {
  const [head, ...rows] = (await (await page.request.get(`${shop.url}/v1/stock.csv`)).text()).trim().split(/\r?\n/).map((row) => row.split(','))
  // From the end: titles, which have commas, come before them.
  const [sku, units] = ['SKU', 'Available'].map((name) => head.indexOf(name) - head.length)
  assert.ok(sku >= -head.length && units >= -head.length, `the stock has the columns ${head}`)
  const all = new Map()
  for (const row of rows) all.set(row.at(sku), [...(all.get(row.at(sku)) ?? []), row])
  const most = (worth) => [...all].toSorted(([, one], [, other]) => worth(other) - worth(one))
  const total = (stock) => stock.reduce((sum, row) => sum + Number(row.at(units)), 0)
  const wide = (stock) => stock.filter((row) => Number(row.at(units)) >= 3).length * 1000 + total(stock)
  const [[common]] = most(total)
  return [common, most(wide).find(([name]) => name !== common)[0]]
}
