// What is on the page stays true: <body data-live="on"> listens to the events of the shop, and each
// <… id data-live="order fulfillment" data-live-src="URL"> is asked for again when one of these kinds happens: the answer is
// a page or a part of one, and of it the element with the same id (or data-live-select) takes its place.
//
// What is under way tells no event of each step: data-live-every="1000" is asked for again so often, until it says so no more.
//
// A page that nobody looks at does not listen: a browser has six connections to one server, and each page would keep one.
import { make, whenever } from './dom.js'
import htmx from './htmx.js'
import { word } from './words.js'

const STREAM = '/v1/events/stream'
const DEBOUNCE_MS = 400
const JITTER_MS = 200
const AT_MOST_EVERY_MS = 2000
const SAY_AFTER_MS = 10_000
const LONGEST_WAIT_MS = 60_000

const asked = new WeakMap()
let source = null
let tries = 0
let again = 0
let worry = 0
let hasMissed = false

const elements = () => document.querySelectorAll('[data-live-src]')

function isAbout(element, kind) {
  const kinds = (element.dataset.live || '').split(/\s+/).filter(Boolean)
  return kinds.some((start) => start === '*' || kind.startsWith(start))
}

function plan(element) {
  const state = asked.get(element) ?? { last: 0, timer: 0 }
  asked.set(element, state)
  if (state.timer) return
  const soon = DEBOUNCE_MS + Math.random() * JITTER_MS
  const wait = Math.max(soon, state.last + AT_MOST_EVERY_MS - Date.now())
  state.timer = setTimeout(() => {
    Object.assign(state, { timer: 0, last: Date.now() })
    refresh(element)
  }, wait)
}

async function refresh(element) {
  if (!element.isConnected) return
  // Not under somebody's hand: it is asked for again at the next event, and when they are done.
  if (element.querySelector('.is-dragged, form[aria-busy]')) return plan(element)
  const answer = await fetch(element.dataset.liveSrc, { headers: { Accept: 'text/html', 'HX-Request': 'true' } }).catch(() => null)
  if (answer?.redirected || answer?.status === 401) return location.reload()
  if (!answer?.ok) return
  const found = pick(element, await answer.text())
  if (!element.isConnected || !found) return
  const text = found.outerHTML
  await htmx.swap({ text, target: element, sourceElement: element, swap: 'outerMorph', request: {} })
}

function pick(element, html) {
  const answered = new DOMParser().parseFromString(html, 'text/html')
  const { id, dataset } = element
  return (id && answered.getElementById(id)) || (dataset.liveSelect && answered.querySelector(dataset.liveSelect))
}

function keepAsking(element) {
  setTimeout(async () => {
    if (!element.isConnected || !element.dataset.liveEvery) return
    if (!document.hidden) await refresh(element)
    keepAsking(element)
  }, Number(element.dataset.liveEvery))
}

function hear(event) {
  const { kind } = JSON.parse(event.data)
  for (const element of elements()) if (isAbout(element, kind)) plan(element)
}

function listen() {
  clearTimeout(again)
  source?.close()
  source = new EventSource(STREAM)
  source.onopen = () => {
    tries = 0
    calm()
    if (hasMissed) elements().forEach(plan)
    hasMissed = false
  }
  source.addEventListener('event', hear)
  source.onerror = () => {
    fret()
    // Where the server hung up the browser comes back by itself, and says what it heard last.
    if (source.readyState === EventSource.CLOSED) retry()
  }
}

function retry() {
  hasMissed = true
  tries += 1
  const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** tries) * (0.5 + Math.random() / 2)
  again = setTimeout(listen, wait)
}

function rest() {
  clearTimeout(again)
  source?.close()
  source = null
  hasMissed = true
  calm()
}

const chip = () => document.querySelector('[data-live-chip]')

function fret() {
  worry ||= setTimeout(() => {
    if (!chip()) document.body.append(make('div', { class: 'live-chip', 'data-live-chip': true, role: 'status' }, word('offline')))
    chip().hidden = false
  }, SAY_AFTER_MS)
}

function calm() {
  clearTimeout(worry)
  worry = 0
  if (chip()) chip().hidden = true
}

if (document.body.dataset.live === 'on') {
  whenever('[data-live-every]', keepAsking)
  if (!document.hidden) listen()
  document.addEventListener('visibilitychange', () => (document.hidden ? rest() : listen()))
  addEventListener('pagehide', rest)
  addEventListener('pageshow', (event) => event.persisted && listen())
}
