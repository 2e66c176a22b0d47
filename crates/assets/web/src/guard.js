// form[data-guard]: whoever leaves with something written and not sent is asked.
const changed = new Set()

const guarded = (event) => event.target.closest?.('form[data-guard]')

document.addEventListener('input', (event) => {
  const form = guarded(event)
  if (form) changed.add(form)
})
for (const kind of ['submit', 'reset', 'baton:sent']) {
  document.addEventListener(kind, (event) => {
    // Who sends it by script says so when it is done.
    if (!event.defaultPrevented) changed.delete(event.target)
  })
}

addEventListener('beforeunload', (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault()
})
