// The command palette: Ctrl-K, Cmd-K or /, a few letters, Enter. The server answers /palette?q= with a list of links and
// buttons; this knows how to walk through them, and nothing of what they do.
import { isWriting, make } from './dom.js'
import { word } from './words.js'

const WAIT_MS = 120
let palette = null

function build() {
  const box = make('input', {
    type: 'search', name: 'q', class: 'palette-box', placeholder: word('search'), 'aria-label': word('search'), autocomplete: 'off',
    role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-autocomplete': 'list', autofocus: true,
  })
  const list = make('div', { id: 'palette-list', class: 'palette-list', role: 'listbox', 'aria-label': word('search') })
  // Beside the list: a list of choices has nothing but choices in it.
  const none = make('p', { class: 'palette-none', role: 'status' })
  const dialog = make('dialog', { class: 'dialog palette', 'aria-label': word('search') }, box, list, none)
  document.body.append(dialog)
  const made = { dialog, box, list, none, at: 0, timer: 0, asked: null }
  box.addEventListener('input', () => {
    clearTimeout(made.timer)
    made.timer = setTimeout(() => look(made), WAIT_MS)
  })
  box.addEventListener('keydown', (event) => walk(made, event))
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close())
  return made
}

async function look(made) {
  made.asked?.abort()
  made.asked = new AbortController()
  const url = `/palette?q=${encodeURIComponent(made.box.value.trim())}`
  try {
    const answer = await fetch(url, { signal: made.asked.signal, headers: { Accept: 'text/html', 'HX-Request': 'true' } })
    fill(made, answer.ok ? await answer.text() : '')
  } catch (error) {
    if (error.name !== 'AbortError') fill(made, '')
  }
}

/** Our own server's HTML, taken apart without running anything. */
function fill(made, html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  made.list.replaceChildren(...parsed.body.childNodes)
  made.list.querySelectorAll('ul, ol, li, form').forEach((wrapper) => wrapper.setAttribute('role', 'presentation'))
  const all = options(made)
  all.forEach((option, at) => {
    option.id = `palette-${at}`
    option.tabIndex = -1
    option.setAttribute('role', 'option')
  })
  made.list.hidden = !all.length
  made.none.textContent = all.length ? '' : word('nothing_found')
  choose(made, 0)
}

const options = ({ list }) => [...list.querySelectorAll('a[href], button')]

function choose(made, at) {
  const all = options(made)
  made.at = all.length ? (at + all.length) % all.length : 0
  all.forEach((option, index) => option.setAttribute('aria-selected', String(index === made.at)))
  if (all.length) made.box.setAttribute('aria-activedescendant', `palette-${made.at}`)
  else made.box.removeAttribute('aria-activedescendant')
  all[made.at]?.scrollIntoView({ block: 'nearest' })
}

function walk(made, event) {
  if (event.isComposing) return
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step) choose(made, made.at + step)
  else if (event.key === 'Enter') options(made)[made.at]?.click()
  else return
  event.preventDefault()
}

function open() {
  palette ??= build()
  if (palette.dialog.open || document.querySelector('dialog[open]')) return
  palette.box.value = ''
  palette.dialog.showModal()
  look(palette)
}

document.addEventListener('keydown', (event) => {
  const isChord = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k'
  const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey
  if (!isChord && !(isSlash && document.body.dataset.keys !== 'off' && !isWriting(event.target))) return
  if (!document.querySelector('[data-palette-open]')) return
  event.preventDefault()
  open()
})

document.addEventListener('click', (event) => {
  if (!event.target.closest?.('[data-palette-open]')) return
  event.preventDefault()
  open()
})
