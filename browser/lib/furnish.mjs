// Brings into the demo what its own life does not: something for every page, in every state that has a look of its own.
//
// Owns: what is made, and under which name a page finds it. Refuses to know: pages. Every text that somebody could have typed
// goes through `say`, so that a test can type something else.
import { asOwner, until } from './api.mjs'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const asUsual = (usual) => usual
/** Fields differ in how much they take: what is too long for one is said shorter. */
const LENGTHS = [Infinity, 500, 200, 120, 60, 40, 20]

/**
 * `say(usual, field, most)`: what is typed where somebody would type `usual`, in so many letters at most. `mark`: in what must be there once, so that a shop can
 * be furnished again. Answers the ids of what was made, and the fields whose text was `refused`.
 */
export async function furnish(shop, { say = asUsual, mark = 'a' } = {}) {
  const api = await asOwner(shop)
  const refused = []
  /** Does it with what is said; where that is refused, with less of it; then as usual, for what comes later builds on it. */
  const done = async (what, act) => {
    if (say === asUsual) return act(asUsual)
    const whys = []
    for (const most of LENGTHS) {
      try {
        return await act((usual, field) => say(usual, field, most))
      } catch (error) {
        whys.push(error.message)
      }
    }
    refused.push({ what, why: whys.at(-1) })
    return act(asUsual)
  }
  const room = { api, done, mark, shop }
  const made = { refused }
  for (const part of [places, products, stock, orders, arrivals, counts, rules, people, imports, settings]) Object.assign(made, await part(room, made))
  return made
}

async function places({ api, done, mark }) {
  const listed = await api.get('/v1/locations')
  const [store] = listed.filter(({ cells }) => cells.type === 'store' && !cells.location_id.startsWith('ANNEX'))
  const code = `ANNEX-${mark}`
  await done('location', (say) => api.post('/v1/locations', { cells: { ...store.cells, location_id: code, name: say('Annex on Oak Street', 'location.name'), city: say(store.cells.city, 'location.city') } }))
  await done('location pause', (say) => api.post(`/v1/locations/${code}/pause`, { reason: say('the roof is mended', 'location.pause') }))
  const locations = listed.map(({ cells }) => cells.location_id).filter((one) => !one.startsWith('ANNEX'))
  await done('pool', (say) => api.put(`/v1/pools/pool-${mark}`, { locations: locations.slice(0, 2), name: say('Shelves near the port', 'pool.name'), unproven: 'closed' }))
  await api.put(`/v1/pools/pool-${mark}/buffers/web`, { units: 1 })
  return { location: code, locations, store: store.cells.location_id, pool: `pool-${mark}` }
}

async function products({ api, done, mark }) {
  const listed = (await api.get('/v1/products')).items ?? (await api.get('/v1/products'))
  const like = listed.find(({ cells }) => !['oversize', 'hazmat', 'fragile'].includes(cells.handling_class)) ?? listed[0]
  const cells = (say) => ({ ...like.cells, sku: say(`LAMP-${mark}`, 'product.sku'), name: say('Lamp of brass', 'product.name'), category: say('lighting', 'product.category') })
  let sku
  await done('product', (say) => {
    sku = cells(say).sku
    return api.post('/v1/products', { cells: cells(say) })
  })
  return { sku }
}

async function stock({ api, done }, { sku, locations }) {
  const rows = locations.map((location, at) => ({ sku, location, units: 6 + at }))
  await done('feed', (say) => api.post('/v1/stock/feeds', { source: say('till', 'feed.source'), rows }))
  const shelf = `/v1/stock/${encodeURIComponent(locations[0])}/${encodeURIComponent(sku)}`
  await done('correction', (say) => api.post(`${shelf}/corrections`, { what: 'damage', units: 1, reason: say('the box was open', 'correction.reason') }))
  const until = Date.now() + DAY_MS
  await done('gate', (say) => api.post('/v1/gates/override', { location: locations[0], class: { category: 'furniture' }, gate: 'closed', reason: say('the shelf is moved', 'gate.reason'), until }))
  return {}
}

async function orders(room, { sku, locations }) {
  const { api, done, mark } = room
  const order = (name, say, more = {}) => ({
    channel: 'web',
    external_id: say('', 'order.external_id').slice(0, 40) + `${mark}-${name}`,
    name: say(`#${mark}-${name}`, 'order.name'),
    customer: { name: say('Rosa Lind', 'customer.name'), email: 'rosa@example.com', phone: '+1 503 555 0100' },
    ship_to: { name: say('Rosa Lind', 'address.name'), line1: say('12 Oak Street', 'address.line1'), line2: say('Floor 2', 'address.line2'), city: say('Portland', 'address.city'), region: 'OR', postal: '97201', country: 'US' },
    tags: [say('gift', 'order.tag')],
    lines: [{ sku, quantity: 2 }],
    ...more,
  })
  const take = (name, more) => done('order', (say) => api.post('/v1/orders', order(name, say, more)))
  const [open, held, byHand, cancelled, sent, short] = [await take('open'), await take('held'), await take('by-hand'), await take('cancelled'), await take('sent', { lines: [{ sku, quantity: 1 }] }), await take('short', { lines: [{ sku, quantity: 900 }] })]
  await done('order hold', (say) => api.post(`/v1/orders/${held.id}/hold`, { reason: say('customer', 'order.hold') }))
  await done('order cancel', (say) => api.post(`/v1/orders/${cancelled.id}/cancel`, { reason: say('bought twice', 'order.cancel') }))
  await done('order route', (say) => api.post(`/v1/orders/${byHand.id}/route`, { to: locations[0], reason: say('nearer to her', 'order.route') }))
  await send(room, sent, sku)
  const batch = await done('batch', (say) => api.post('/v1/order-batches', { action: 'hold', ids: [short.id, cancelled.id], reason: say('address', 'batch.reason') }))
  await until('the batch', async () => ['done', 'failed', 'cancelled'].includes((await api.get(`/v1/order-batches/${batch.id}`)).state))
  for (const [page, query] of [['orders', 'state=held'], ['inventory', 'view=out']]) {
    await done('view', (say) => api.post('/v1/views', { name: say('Held ones', 'view.name').slice(0, 60), page, query, is_shared: true }))
  }
  const seen = await exceptions(room)
  return { ...seen, open: open.id, open_name: open.name, held: held.id, sent: sent.id, by_hand: byHand.id, short: short.id, batch: batch.id }
}

/** One that left, and came back. */
async function send({ api, done }, order, sku) {
  const { fulfillments: [task] } = await api.get(`/v1/orders/${order.id}`)
  const step = (name, body) => api.post(`/v1/fulfillments/${task.id}/${name}`, body)
  await done('task hold', (say) => step('hold', { reason: say('gift wrap is missing', 'task.hold') }))
  await step('release')
  await step('accept').catch(() => {})
  await step('start').catch(() => {})
  await step('pick', { line: 1, sku, units: 1 })
  await step('pack', { parcels: [{ weight_g: 900 }] })
  await done('tracking', (say) => step('hand-over', { from: '', parcels: [{ number: 1, carrier: say('Post', 'parcel.carrier'), tracking: say('1Z 999', 'parcel.tracking'), cost_minor: 700 }] }))
  await step('deliver', {})
  await done('return', (say) => api.post(`/v1/orders/${order.id}/returns`, { at: task.location, line: 1, sku, units: 1, reason: say('too small', 'return.reason') }))
}

async function exceptions({ api, done }) {
  const [resolved] = (await api.get('/v1/exceptions?state=resolved&limit=1')).items
  const open = await until('an exception', async () => {
    const { items } = await api.get('/v1/exceptions?limit=5')
    return items.length && items
  })
  const seen = [resolved, ...open].filter(Boolean)
  for (const { id } of seen) await done('exception note', (say) => api.post(`/v1/exceptions/${id}/note`, { text: say('she was called', 'exception.note') }))
  return { exception: open[0]?.id, resolved_exception: resolved?.id }
}

async function arrivals({ api, done }, { sku, locations }) {
  const [to, from] = locations
  const lines = [{ sku, units: 3 }]
  const due_at = Date.now() + 2 * DAY_MS
  const transfer = await done('transfer', (say) => api.post('/v1/transfers', { from, to, lines, due_at, reason: say('for the weekend', 'transfer.reason') }))
  const sent = await done('transfer', (say) => api.post('/v1/transfers', { from, to, lines, due_at, reason: say('for the window', 'transfer.reason') }))
  await api.post(`/v1/transfers/${sent.id}/send`)
  const delivery = await done('delivery', (say) => api.post('/v1/deliveries', { supplier: say('Lamp makers', 'delivery.supplier'), to, lines, due_at, reason: say('spring order', 'delivery.reason') }))
  const half = await done('delivery', (say) => api.post('/v1/deliveries', { supplier: say('Lamp makers', 'delivery.supplier'), to, lines, due_at, reason: say('spring order', 'delivery.reason') }))
  await api.post(`/v1/arrivals/${half.id}/receive`, { client_id: `came-${half.id}`, lines: [{ sku, units: 2, damaged: 1 }] })
  await done('arrival close', (say) => api.post(`/v1/arrivals/${half.id}/close`, { reason: say('the rest is lost', 'arrival.close') }))
  return { transfer: transfer.id, sent_transfer: sent.id, delivery: delivery.id, closed_delivery: half.id }
}

async function counts({ api, done, mark }, { sku, locations }) {
  const open = (say, more) => api.post('/v1/counts', { location: locations[0], kind: 'spot', skus: [sku], reason: say('the shelf looks empty', 'count.reason'), assignee: say('Night shift', 'count.assignee'), ...more })
  const blind = await done('count', (say) => open(say))
  const review = await done('count', (say) => open(say, { location: locations[1], view: 'open' }))
  const scans = [{ client_id: `${mark}-1`, sku, units: 4 }]
  await done('scan', (say) => api.post(`/v1/counts/${review.id}/scans`, { device: say('tablet', 'scan.device'), location: locations[1], scans }))
  await api.post(`/v1/counts/${review.id}/hand-in`)
  return { count: blind.id, reviewed_count: review.id }
}

async function rules({ api, done, mark, shop }) {
  const now = (await api.get('/v1/rule-publications')).items.find(({ live_from }) => live_from <= Date.now())
  const content = (say) => `# ${say('For the summer.', 'rules.remark').replace(/[\r\n]/g, ' ')}\nRule set: ${say(`Summer ${mark}`, 'rules.name').replace(/[\r\n]/g, ' ')}\n\nGuardrails\nAt most 2 parcels.\n\nRules\nPrefer warehouses, worth $2 a parcel.\nFlag low stock when fewer than 3 are left.\n`
  const draft = await done('rules', (say) => api.post('/v1/rule-sets', { content: content(say), comment: say('fewer parcels in summer', 'rules.comment') }))
  await done('publish', (say) => api.post(`/v1/rule-sets/${draft.number}/publish`, { live_from: Date.now() + 30 * DAY_MS, comment: say('from the first on', 'publish.comment') }))
  const replay = await api.post(`/v1/rule-sets/${draft.number}/replays`, { against: now.rule_set, worth: true })
  await until('the replay', async () => !['waiting', 'running'].includes((await api.get(`/v1/rule-replays/${replay.id}`)).state))
  return { rules_now: now.rule_set, rules: draft.number, replay: replay.id }
}

async function people({ api, done, mark }, { store }) {
  const person = await done('person', (say) => api.post('/v1/users', { name: say('Iris Berg', 'person.name'), email: `iris-${mark}@example.com`, role: 'associate', locations: [store] }))
  const token = await done('token', (say) => api.post('/v1/tokens', { name: say('Till at the door', 'token.name'), role: 'manager', scopes: ['orders:read'], expires_at: Date.now() + 90 * DAY_MS }))
  const link = await api.post(`/v1/users/${(person.user ?? person).id}/link`)
  const secret = new URL(link.link ?? link.url ?? `/join?secret=${link.secret}`, 'http://x').searchParams.get('secret')
  return { person: (person.user ?? person).id, token: token.id, invitation: secret }
}

async function imports({ api, done, mark }, { locations }) {
  const bring = async (text, more = '') => done('import', (say) => api.post(`/v1/imports?name=${encodeURIComponent(say(`stock-${mark}.csv`, 'import.name'))}${more}`, text(say)))
  const cell = (text) => `"${text.replaceAll('"', '""')}"`
  const unknown = await bring((say) => `${cell(say('Ware', 'import.header'))},${cell(say('Menge', 'import.header') + '2')}\n${cell(say('MUG-1', 'import.cell'))},${cell(say('4', 'import.cell'))}\n`)
  const skus = (await api.get('/v1/products?limit=4').then((listed) => listed.items ?? listed)).map(({ cells }) => cells.sku)
  const table = (say) => ['sku,location,units', ...skus.map((sku, at) => `${cell(sku)},${locations[0]},${at + 3}`), `${cell(say('NO-SUCH', 'import.cell'))},${locations[0]},${cell(say('many', 'import.cell'))}`, ''].join('\n')
  const settled = (id, states) => until(`the import ${id}`, async () => states.includes((await api.get(`/v1/imports/${id}`)).state))
  const checked = await bring(table, '&kind=stock')
  const whole = await bring(table, '&kind=stock')
  for (const { id } of [checked, whole]) {
    await api.post(`/v1/imports/${id}/dry-run`).catch(() => {})
    await settled(id, ['checked'])
  }
  await api.post(`/v1/imports/${whole.id}/confirm`)
  await settled(whole.id, ['done'])
  return { import_columns: unknown.id, import_checked: checked.id, import_done: whole.id }
}

async function settings({ api, done }) {
  const { version } = (await api.get('/v1/exception-kinds')).find(({ kind }) => kind === 'late_pick')
  const ifMatch = { 'if-match': `"${version}"` }
  await done('playbook', (say) => api.ask('PUT', '/v1/exception-kinds/late_pick', { owner: 'store', minutes: 90, escalation: ['manager'], steps: [say('Call the store.', 'playbook.step'), say('Move the order.', 'playbook.step')] }, ifMatch))
  await done('shop name', async (say) => {
    const { files } = await api.get('/v1/settings')
    const manifest = { ...JSON.parse(files['manifest.json']), name: say('Coffee and home, a demonstration', 'shop.name') }
    return api.change('/v1/settings', { files: { 'manifest.json': JSON.stringify(manifest, null, 2) } })
  })
  return {}
}
