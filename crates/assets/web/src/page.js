// Small things at hand: printing, menus made of <details> that close again.

document.addEventListener('click', ({ target }) => {
  if (target.closest?.('[data-print]')) print()
  for (const menu of document.querySelectorAll('details[data-popover][open]')) {
    if (!menu.contains(target)) menu.open = false
  }
})

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  const menu = event.target.closest?.('details[data-popover][open]')
  if (!menu) return
  menu.open = false
  menu.querySelector('summary').focus()
})

// A field that the browser knows the answer to.
for (const field of document.querySelectorAll('[data-fill="time-zone"]')) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? ''
}

// What is opened is meant to be filled in.
document.addEventListener(
  'toggle',
  ({ target }) => target.matches?.('details[data-popover][open]') && target.querySelector('select, input:not([type=hidden]), textarea')?.focus(),
  { capture: true },
)
