// The parts of Bootstrap that pages use; each hears clicks on its data-bs-toggle by itself.
import '@tabler/core/js/src/bootstrap/collapse'
import '@tabler/core/js/src/bootstrap/dropdown'
import '@tabler/core/js/src/bootstrap/modal'
import '@tabler/core/js/src/bootstrap/offcanvas'
import '@tabler/core/js/src/bootstrap/tab'
import Tooltip from '@tabler/core/js/src/bootstrap/tooltip'

// A tooltip is made when it is first wanted: a table may have hundreds.
for (const kind of ['pointerover', 'focusin']) {
  document.addEventListener(kind, ({ target }) => {
    const place = target.closest?.('[data-bs-toggle="tooltip"]')
    if (place && !Tooltip.getInstance(place)) Tooltip.getOrCreateInstance(place).show()
  })
}
