// Forms with a place for errors ([data-errors]) are sent by script: what is refused is said beside the form, and what was
// written stays. The server says where to go on in X-Baton-Go. Without script the browser sends them, and all is the same
// but that a refusal is a page.
import { make } from './dom.js'
import { toast } from './toasts.js'

const GO = 'x-baton-go'

document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || form.getAttribute('method') !== 'post' || !form.querySelector('[data-errors]')) return
  event.preventDefault()
  send(form, event.submitter)
})

async function send(form, submitter) {
  form.setAttribute('aria-busy', 'true')
  submitter?.classList.add('is-busy')
  const answer = await post(form, submitter).catch(() => null)
  // After a download the page is still there.
  const stays = form.hasAttribute('data-download')
  if (answer?.headers.has(GO) && !stays) return go(form, answer.headers.get(GO))
  form.removeAttribute('aria-busy')
  submitter?.classList.remove('is-busy')
  if (answer?.headers.has(GO)) {
    form.querySelector('[data-errors]').replaceChildren()
    return go(form, answer.headers.get(GO))
  }
  if (!answer) return toast('no_answer', 'danger')
  if (answer.ok && form.dataset.answer) return showAnswer(form, await answer.text())
  if (answer.ok) return go(form, answer.redirected ? answer.url : location.href)
  say(form, await answer.text())
}

function post(form, submitter) {
  const fields = new FormData(form, submitter)
  const body = form.enctype === 'multipart/form-data' ? fields : new URLSearchParams(fields)
  const action = submitter?.hasAttribute('formaction') ? submitter.formAction : form.getAttribute('action')
  const headers = { Accept: 'text/html', 'X-Baton-Form': '1' }
  const sent = form.querySelector('progress[data-sent]')
  return sent ? postLarge(action, { body, headers, sent }) : fetch(action, { method: 'POST', body, headers })
}

/** Shows how much of a large form has gone out. */
function postLarge(action, { body, headers, sent }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', action)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    sent.value = 0
    sent.hidden = false
    request.upload.onprogress = ({ loaded, total }) => (sent.value = (100 * loaded) / total)
    request.onerror = reject
    request.onload = () => resolve(answerOf(request))
    request.onloadend = () => (sent.hidden = true)
    request.send(body)
  })
}

/** What `fetch` would answer. */
function answerOf(request) {
  const { status, responseText, responseURL } = request
  const way = request.getResponseHeader(GO)
  const isOk = status >= 200 && status < 300
  return { ok: isOk, redirected: false, url: responseURL, headers: new Headers(way ? { [GO]: way } : {}), text: async () => responseText }
}

function go(form, path) {
  form.dispatchEvent(new CustomEvent('baton:sent', { bubbles: true }))
  const next = new URL(path, location.href)
  const isHere = next.pathname + next.search === location.pathname + location.search
  location.assign(next)
  // Another place on the same page would be scrolled to, and nothing asked for again.
  if (isHere) location.reload()
}

/** What is told this once takes the place of the form: `data-answer`. */
function showAnswer(form, html) {
  const told = new DOMParser().parseFromString(html, 'text/html').body
  const place = document.querySelector(form.dataset.answer)
  place.replaceChildren(...told.childNodes)
  place.tabIndex = -1
  place.focus()
}

function say(form, html) {
  const place = form.querySelector('[data-errors]')
  const told = new DOMParser().parseFromString(html, 'text/html').body
  place.replaceChildren(...told.childNodes)
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid')
  for (const note of form.querySelectorAll('[data-said-at]')) note.remove()
  const faults = [...place.querySelectorAll('[data-fault]')]
  const wrong = faults.map((fault) => sayAt(fieldOf(form, fault.dataset.fault), fault)).filter(Boolean)
  for (const field of wrong) field.setAttribute('aria-invalid', 'true')
  const first = place.querySelector('[data-password-again]') ?? wrong[0] ?? place
  if (first === place) place.tabIndex = -1
  first.focus()
}

/** Beside its field, too, and under the name by which the field is known. */
function sayAt(field, fault) {
  if (!field) return null
  const name = fault.querySelector('b')
  const label = field.labels?.[0]?.textContent.trim()
  if (name && label) name.textContent = label
  field.closest('details')?.setAttribute('open', '')
  const text = fault.textContent.replace(name?.textContent ?? '', '').replace(/^[\s:]+/, '').trim()
  const note = make('div', { class: 'invalid-feedback d-block', 'data-said-at': true }, text)
  const around = field.closest('[data-field]')
  if (around) around.append(note)
  else field.after(note)
  return field
}

/** `/lines/0/sku` is about the field `sku`, where no field has the whole name. */
function fieldOf(form, name) {
  const found = form.elements[name] ?? form.elements[name.split('/').pop()]
  return found instanceof RadioNodeList ? found[0] : found
}
