// Single keys: data-key="e" on what a key does, data-key="g o" for two in turn, j and k through rows ([data-row]), ? for all
// of them. None while somebody writes, none with Ctrl or Alt, and none at all where <body data-keys="off"> says so.
import { isUsable, isWriting, make } from './dom.js'
import { word } from './words.js'

const BETWEEN_MS = 1200
let begun = { key: '', at: 0 }

const rows = () => [...document.querySelectorAll('[data-row]')].filter((row) => row.checkVisibility())
const current = () => document.querySelector('[data-row].is-current')

function step(by) {
  const all = rows()
  if (!all.length) return false
  const at = all.indexOf(current())
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]
  current()?.classList.remove('is-current')
  next.classList.add('is-current')
  next.tabIndex = -1
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'nearest' })
  return true
}

/** What the key does in the row one is at, else on the page. */
function find(key) {
  const selector = `[data-key="${CSS.escape(key)}"]`
  const within = document.querySelector('dialog[open]') ?? document
  const places = [current(), within].filter(Boolean)
  for (const place of places) {
    const found = [...place.querySelectorAll(selector)].find(isUsable)
    if (found) return found
  }
  return null
}

function open() {
  const link = current()?.querySelector('[data-row-open], a[href]')
  link?.click()
  return Boolean(link)
}

function press(key) {
  const pair = Date.now() - begun.at < BETWEEN_MS ? `${begun.key} ${key}` : ''
  const target = (pair && find(pair)) || find(key)
  begun = { key, at: Date.now() }
  if (target) {
    target.matches('input:not([type=checkbox]), select, textarea') ? target.focus() : target.click()
    return true
  }
  if (key === 'j' || key === 'k') return step(key === 'j' ? 1 : -1)
  if (key === '?') return help()
  return false
}

function isForUs(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false
  return document.body.dataset.keys !== 'off' && !isWriting(event.target)
}

document.addEventListener('keydown', (event) => {
  if (!isForUs(event)) return
  if (event.key === 'Enter') {
    if (event.target === current() && (find('enter')?.click() ?? open())) event.preventDefault()
  } else if (event.key.length === 1 && event.key !== ' ' && press(event.key)) {
    event.preventDefault()
  }
})

document.addEventListener('focusin', ({ target }) => {
  const row = target.closest?.('[data-row]')
  if (!row || row === current()) return
  current()?.classList.remove('is-current')
  row.classList.add('is-current')
})

const nameOf = (element) => element.dataset.keyName || element.ariaLabel || element.textContent.trim() || element.title

function listed() {
  const found = new Map()
  for (const element of document.querySelectorAll('[data-key]')) {
    if (isUsable(element) && !found.has(element.dataset.key)) found.set(element.dataset.key, nameOf(element))
  }
  if (rows().length) {
    found.set('j', word('keys_next')).set('k', word('keys_previous')).set('enter', word('keys_open'))
  }
  return [...found.set('/', word('keys_search')).set('?', word('keys_this'))]
}

function help() {
  if (document.querySelector('dialog[open]')) return false
  const items = listed().map(([key, name]) =>
    make('div', { class: 'keys-row' }, make('dt', {}, ...key.split(' ').map((part) => make('kbd', {}, part))), make('dd', {}, name)),
  )
  const close = make('button', { type: 'button', class: 'btn', autofocus: true }, word('close'))
  const title = make('h2', { id: 'keys-title', class: 'h3' }, word('keys'))
  const dialog = make('dialog', { class: 'dialog', 'aria-labelledby': 'keys-title' }, title, make('dl', { class: 'keys' }, ...items), close)
  close.onclick = () => dialog.close()
  dialog.onclose = () => dialog.remove()
  document.body.append(dialog)
  dialog.showModal()
  return true
}

document.addEventListener('click', ({ target }) => {
  if (target.closest?.('[data-keys-help]')) help()
})
