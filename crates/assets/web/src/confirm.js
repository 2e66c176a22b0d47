// data-confirm="text" on a link or a button: asked first, done then. data-confirm-yes names the deed on the button.
import { ask } from './dialog.js'

let approved = null

async function askFirst(element) {
  const { confirm: text, confirmYes: yes } = element.dataset
  const isSure = await ask({ text, yes, isDangerous: element.matches('.btn-danger, .text-danger, [data-danger]') })
  element.focus()
  if (!isSure) return
  approved = element
  element.click()
  approved = null
}

document.addEventListener(
  'click',
  (event) => {
    const element = event.target.closest?.('[data-confirm]')
    if (!element || element === approved) return
    event.preventDefault()
    event.stopImmediatePropagation()
    askFirst(element)
  },
  { capture: true },
)
