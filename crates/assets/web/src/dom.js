// Making elements, and hearing of those that come into the page later.

/** `make('a', { href, class: 'x' }, 'text', child)`; `true` is an attribute without a value, `null` none. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '')
    else if (value != null && value !== false) element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

/** Calls `begin` once for each element that matches, now or after a swap. */
export function whenever(selector, begin) {
  const begun = new WeakSet()
  const look = (root) => {
    const found = [...(root.querySelectorAll?.(selector) ?? [])]
    if (root.matches?.(selector)) found.unshift(root)
    for (const element of found) {
      if (begun.has(element)) continue
      begun.add(element)
      begin(element)
    }
  }
  look(document)
  const changes = new MutationObserver((all) => all.forEach(({ addedNodes }) => addedNodes.forEach(look)))
  changes.observe(document.body, { childList: true, subtree: true })
}

/** Can it be seen and used? */
export function isUsable(element) {
  return !element.disabled && element.getAttribute('aria-disabled') !== 'true' && element.checkVisibility()
}

/** Is a person writing there? */
export function isWriting(element) {
  const boxes = 'textarea, select, [contenteditable=""], [contenteditable="true"], input:not([type=checkbox], [type=radio], [type=button], [type=submit])'
  return Boolean(element?.closest?.(boxes))
}
