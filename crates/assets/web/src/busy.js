// A form that was sent says so, and is not sent twice.
import { toast } from './toasts.js'

function begin(form, button) {
  form.setAttribute('aria-busy', 'true')
  button?.classList.add('is-busy')
}

function end(form) {
  form.removeAttribute('aria-busy')
  form.querySelectorAll('.is-busy').forEach((button) => button.classList.remove('is-busy'))
}

document.addEventListener(
  'submit',
  (event) => {
    if (event.target.getAttribute('aria-busy') !== 'true') return
    event.preventDefault()
    event.stopImmediatePropagation()
  },
  { capture: true },
)

document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event
  const opensElsewhere = form.method === 'dialog' || form.target === '_blank' || form.hasAttribute('data-download')
  if (!event.defaultPrevented && !opensElsewhere) begin(form, submitter)
})

// A page that comes back out of the browser's memory was sent long ago.
addEventListener('pageshow', () => document.querySelectorAll('form[aria-busy]').forEach(end))

document.addEventListener('htmx:before:request', ({ target, detail }) => {
  if (target.matches?.('form')) begin(target, detail.ctx.request.submitter)
})
document.addEventListener('htmx:finally:request', ({ target }) => {
  if (target.matches?.('form')) end(target)
})
document.addEventListener('htmx:error', ({ detail }) => {
  if (detail.ctx && !detail.ctx.response) toast('no_answer', 'danger')
})
