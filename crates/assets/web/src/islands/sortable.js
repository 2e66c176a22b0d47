// A list put into order by hand: drag an item at [data-handle], or press [data-move="up"] or "down" inside it. Then its form
// is sent where it has data-sortable-submit, else `sorted` is told. Hidden fields inside the items carry the order.
import Sortable from 'sortablejs/modular/sortable.core.esm.js'
import { make } from '../dom.js'
import { word } from '../words.js'

const items = (list) => [...list.querySelectorAll(':scope > [data-item]')]

function tell(list, item) {
  const at = items(list).indexOf(item) + 1
  list.nextElementSibling.textContent = word('moved', { at, all: items(list).length })
  const form = list.closest('form[data-sortable-submit]')
  if (form) form.requestSubmit()
  else list.dispatchEvent(new CustomEvent('sorted', { bubbles: true, detail: items(list).map((each) => each.dataset.item) }))
}

function move(list, button) {
  const item = button.closest('[data-item]')
  const all = items(list)
  const at = all.indexOf(item)
  const other = all[button.dataset.move === 'up' ? at - 1 : at + 1]
  if (!other) return
  button.dataset.move === 'up' ? other.before(item) : other.after(item)
  button.focus()
  tell(list, item)
}

export function begin(list) {
  list.after(make('div', { class: 'visually-hidden', 'aria-live': 'polite' }))
  list.addEventListener('click', (event) => {
    const button = event.target.closest('[data-move]')
    if (!button) return
    event.preventDefault()
    move(list, button)
  })
  Sortable.create(list, {
    draggable: '[data-item]',
    handle: '[data-handle]',
    animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150,
    ghostClass: 'is-dragged',
    direction: 'vertical',
    onEnd: ({ item, oldIndex, newIndex }) => oldIndex !== newIndex && tell(list, item),
  })
}
