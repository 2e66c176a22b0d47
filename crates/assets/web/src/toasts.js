// Short messages at the corner. What the server draws as [data-toast="10"] goes away after so many seconds, but not while
// somebody points at it or is in it.
import { make, whenever } from './dom.js'
import { word } from './words.js'

const SECONDS = 10
const TICK_MS = 250

function begin(element) {
  const whole_ms = (Number(element.dataset.toast) || SECONDS) * 1000
  const bar = make('progress', { class: 'toast-left', max: whole_ms, value: whole_ms, 'aria-hidden': 'true' })
  element.append(bar)
  element.classList.add('show')
  const timer = setInterval(() => {
    if (!element.isConnected) return clearInterval(timer)
    if (element.matches(':hover, :focus-within') || document.hidden) return
    bar.value -= TICK_MS
    if (bar.value <= 0) leave(element)
  }, TICK_MS)
}

function leave(element) {
  element.remove()
}

/** Says a word of ours. */
export function toast(name, kind = 'success') {
  const place = document.querySelector('.toasts') ?? document.body.appendChild(make('div', { class: 'toasts' }))
  const seconds = kind === 'danger' ? SECONDS : 3
  const role = kind === 'danger' ? 'alert' : 'status'
  place.append(make('div', { class: `toast toast-${kind}`, role, 'data-toast': seconds }, make('div', { class: 'toast-body' }, word(name))))
}

document.addEventListener('click', ({ target }) => {
  const closer = target.closest?.('[data-toast-close]')
  if (closer) leave(closer.closest('[data-toast]'))
})
whenever('[data-toast]', begin)
