// The editor of rules: what is typed is looked over while it is typed, and comes back in #checked; a phrase that is chosen,
// added, moved or taken out comes back in #editor; a trial in #trial. Without this script each is a button of the form.
// What was looked over says in #saving whether it can be saved, too.
const WAIT_MS = 350

const stops = (part) => [...part.querySelectorAll('a[href], button, input, select, textarea, summary')]

export function begin(form) {
  let timer = 0
  let turn = 0
  let typed = 0
  // Somebody goes on before it is drawn anew: the next answer brings it.
  let isEditorOld = false

  async function ask(asked, button) {
    clearTimeout(timer)
    isEditorOld ||= asked.includes('editor')
    const mine = (turn += 1)
    const body = new URLSearchParams(new FormData(form, button ?? null))
    button?.setAttribute('aria-busy', 'true')
    // What is drawn anew is not pointed at meanwhile: it would be lost.
    if (isEditorOld) document.getElementById('editor').setAttribute('aria-busy', 'true')
    const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'text/html' }, body }).catch(() => null)
    button?.removeAttribute('aria-busy')
    if (mine === turn) document.getElementById('editor').removeAttribute('aria-busy')
    if (answer?.redirected) return location.reload()
    // Somebody typed on: the answer to that is on its way.
    if (!answer?.ok || mine !== turn) return
    const parts = isEditorOld ? [...new Set(['editor', ...asked])] : asked
    isEditorOld = false
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const held = [...form.elements].indexOf(document.activeElement)
    for (const part of parts) swap(part, page)
    if (parts.includes('checked')) swap('saving', page)
    // What stood before it is as it was, so it is found by its place.
    const focus = form.querySelector('[data-focus]') ?? form.elements[held]
    if (parts.includes('editor')) focus?.focus()
    // What was asked stays in sight above what comes of it.
    if (parts.includes('trial')) document.getElementById('trial')?.closest('.card').scrollIntoView({ block: 'start' })
  }

  function swap(part, page) {
    const [before, next] = [document.getElementById(part), page.getElementById(part)]
    if (!before || !next) return
    const at = stops(before).indexOf(document.activeElement)
    const isOpen = [...before.querySelectorAll('details')].map(({ open }) => open)
    next.querySelectorAll('details').forEach((details, at) => (details.open = isOpen[at] ?? details.open))
    before.replaceWith(next)
    if (at >= 0) stops(next)[at]?.focus({ preventScroll: true })
  }

  form.addEventListener('input', ({ target }) => {
    clearTimeout(timer)
    if (target.matches('[data-tile], [data-quiet]')) return
    timer = setTimeout(() => ask(['checked']), WAIT_MS)
  })
  // Who goes through a list with the keyboard is given the time to come to what they mean.
  form.addEventListener('keydown', ({ target }) => target.matches('[data-tile]') && (typed = Date.now()))
  form.addEventListener('change', ({ target }) => {
    if (!target.matches('[data-tile]')) return
    clearTimeout(timer)
    timer = setTimeout(() => ask(['editor', 'checked']), Date.now() - typed < WAIT_MS ? WAIT_MS : 0)
  })
  form.addEventListener('sorted', () => ask(['checked']))
  form.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-asks]')
    if (!button || event.defaultPrevented) return
    event.preventDefault()
    ask(button.dataset.asks.split(' '), button)
  })
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.target.matches('input')) return
    // The first button of the form would be pressed, which is none that somebody means.
    event.preventDefault()
    if (event.target.name === 'order') form.querySelector('button[value=try]')?.click()
    else ask(['checked'])
  })
}
