// Every <form method="post"> is sent without leaving the page: what is not right is written beside it, and what is done
// leads on. Without this script the browser sends it, and the server answers with pages.
import { begin, end } from './busy.js'
import { toast } from './toasts.js'

/** What a form says, with the button that was pressed. */
function said(form, submitter) {
  const fields = new FormData(form, submitter?.form === form ? submitter : null)
  const hasFile = [...fields.values()].some((value) => value instanceof File)
  return hasFile ? fields : new URLSearchParams(fields)
}

function mark(form, place) {
  form.querySelectorAll('[aria-invalid]').forEach((field) => field.removeAttribute('aria-invalid'))
  for (const fault of place.querySelectorAll('[data-fault]')) {
    const name = fault.dataset.fault.split('/').pop()
    const field = name && form.elements.namedItem(name)
    if (field instanceof Element) field.setAttribute('aria-invalid', 'true')
  }
  const first = place.querySelector('[data-password-again]') ?? form.querySelector('[aria-invalid]') ?? place
  first.focus?.()
}

async function send(form, submitter) {
  begin(form, submitter)
  try {
    const action = submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href
    const headers = { Accept: 'text/html', 'X-Baton-Form': '1' }
    const answer = await fetch(action, { method: 'POST', headers, body: said(form, submitter) })
    const way = answer.headers.get('x-baton-go')
    if (way) return leave(form, way)
    const place = form.querySelector('[data-errors]')
    if (answer.status >= 400 && place) {
      place.innerHTML = await answer.text()
      place.tabIndex = -1
      mark(form, place)
    } else if (answer.status >= 400) {
      toast(await answer.text().then(plain), 'danger', 'said')
    } else {
      leave(form, answer.url)
    }
  } catch {
    toast('no_answer', 'danger')
  }
  end(form)
}

const plain = (html) => new DOMParser().parseFromString(html, 'text/html').body.textContent.trim()

function leave(form, way) {
  // Nothing is lost any more: whoever leaves is not asked whether they mean it.
  form.removeAttribute('data-guard')
  const to = new URL(way, location.href)
  const stays = to.pathname === location.pathname && to.search === location.search
  if (stays) location.reload()
  else location.assign(to)
}

document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event
  const isOurs = form.method === 'post' && !form.hasAttribute('data-plain') && !form.hasAttribute('hx-post')
  if (event.defaultPrevented || !isOurs || form.getAttribute('aria-busy') === 'true') return
  event.preventDefault()
  send(form, submitter)
})
