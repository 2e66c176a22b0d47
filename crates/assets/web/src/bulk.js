// [data-bulk]: rows to tick (data-bulk-one), all of them (data-bulk-all), how many (data-bulk-count), what can be done with
// them (data-bulk-actions), and whether all that match are meant and not this page only (data-bulk-matching; how many these
// are says the box in it, data-bulk-all-of).
import { whenever } from './dom.js'
import { word } from './words.js'

const ones = (bulk) => [...bulk.querySelectorAll('input[data-bulk-one]:not(:disabled)')]
let last = null

function show(bulk) {
  const boxes = ones(bulk)
  const ticked = boxes.filter((box) => box.checked)
  const all = bulk.querySelector('input[data-bulk-all]')
  if (all) {
    all.checked = boxes.length > 0 && ticked.length === boxes.length
    all.indeterminate = ticked.length > 0 && ticked.length < boxes.length
  }
  for (const box of boxes) box.closest('[data-row]')?.classList.toggle('is-selected', box.checked)
  for (const part of bulk.querySelectorAll('[data-bulk-actions]')) part.hidden = ticked.length === 0
  for (const part of bulk.querySelectorAll('[data-bulk-matching]')) offerMatching(part, Boolean(all?.checked))
  const matching = bulk.querySelector('[data-bulk-all-of]:checked')
  const count = matching ? matching.dataset.bulkAllOf : ticked.length
  for (const place of bulk.querySelectorAll('[data-bulk-count]')) place.textContent = word('selected', { count })
}

/** All on this page are ticked: only then may all that match be meant. */
function offerMatching(part, isOffered) {
  part.hidden = !isOffered
  const box = part.matches('input') ? part : part.querySelector('input')
  if (box && !isOffered) box.checked = false
}

function tickBetween(bulk, box) {
  const boxes = ones(bulk)
  const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].toSorted((a, b) => a - b)
  if (from < 0) return
  for (const between of boxes.slice(from, to + 1)) between.checked = box.checked
}

document.addEventListener('click', (event) => {
  const box = event.target
  const bulk = box.closest?.('[data-bulk]')
  if (!bulk || !box.matches('input[data-bulk-one]')) return
  if (event.shiftKey && last) tickBetween(bulk, box)
  last = box
})

document.addEventListener('change', ({ target }) => {
  const bulk = target.closest?.('[data-bulk]')
  if (!bulk) return
  if (target.matches('input[data-bulk-all]')) ones(bulk).forEach((box) => (box.checked = target.checked))
  show(bulk)
})

document.addEventListener('htmx:after:swap', () => document.querySelectorAll('[data-bulk]').forEach(show))
whenever('[data-bulk]', show)
