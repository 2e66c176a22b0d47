// htmx without a way to run text as code, and morphs that leave open menus open.
import htmx from 'htmx.org/dist/htmx.esm.min.js'
import { ask } from './dialog.js'

htmx.config.history = 'reload'

function refuse() {
  throw new Error('text is never run as code here: use an attribute of app.js')
}

/** What a person opened stays open, whatever the server draws: it does not know. */
function isOpenedByHand(element, name) {
  if (name === 'open') return element.matches('details, dialog')
  const opened = element.classList.contains('show') || element.getAttribute('aria-expanded') === 'true'
  return opened && ['class', 'style', 'aria-expanded', 'data-popper-placement'].includes(name)
}

htmx.registerExtension('baton', {
  init: (api) => api.initSecurity(null, refuse, refuse),
  htmx_before_morph_attr: (element, { attrName }) => !isOpenedByHand(element, attrName),
})

document.addEventListener('htmx:confirm', (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail
  if (!ctx.confirm) return
  event.preventDefault()
  ask({ text: ctx.confirm }).then((isSure) => (isSure ? issueRequest() : dropRequest()))
})

export default htmx
