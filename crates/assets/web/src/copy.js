// data-copy="text", or data-copy alone for what the element says: a click copies it.
import { make, whenever } from './dom.js'
import { toast } from './toasts.js'

/** The clipboard is there over HTTPS only; the old way works in a shop's own network. */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const box = make('textarea', { class: 'visually-hidden', readonly: true })
  box.value = text
  document.body.append(box)
  box.select()
  document.execCommand('copy')
  box.remove()
}

document.addEventListener('click', async (event) => {
  const element = event.target.closest?.('[data-copy]')
  if (!element) return
  event.preventDefault()
  await copy(element.dataset.copy || element.textContent.trim())
  toast('copied')
})

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.matches?.('[data-copy]:not(button, a)')) event.target.click()
})

// A number that can be copied can be reached by keyboard, too.
whenever('[data-copy]:not(button, a)', (element) => {
  element.tabIndex = 0
  element.setAttribute('role', 'button')
})
