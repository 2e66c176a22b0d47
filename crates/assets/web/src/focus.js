// The focus is never lost: where what has it is taken away or drawn anew, what was around it has it. Who puts it somewhere
// else at once is not disturbed.
let around = []

function ancestors(element) {
  const found = []
  for (let at = element; at && at !== document.body; at = at.parentElement) found.push(at)
  return found
}

function keep() {
  if (document.activeElement !== document.body || !around.length || around[0].isConnected) return
  const place = around.find((element) => element.isConnected)
  around = []
  if (!place) return
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1
  place.focus({ preventScroll: true })
}

document.addEventListener('focusin', ({ target }) => (around = ancestors(target)))
// Who points somewhere means that place.
document.addEventListener('pointerdown', () => (around = []), { capture: true })
new MutationObserver(keep).observe(document.body, { childList: true, subtree: true })
