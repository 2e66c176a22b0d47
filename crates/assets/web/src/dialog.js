// A question in a <dialog>: Escape and the first button say no.
import { make } from './dom.js'
import { word } from './words.js'

/** `true` where the person says yes. */
export function ask({ text, yes = word('goes_on'), isDangerous = false }) {
  const id = 'ask-text'
  const no = make('button', { type: 'button', class: 'btn', autofocus: true }, word('cancel'))
  const sure = make('button', { type: 'button', class: `btn ${isDangerous ? 'btn-danger' : 'btn-primary'}` }, yes)
  const dialog = make(
    'dialog',
    { class: 'dialog', 'aria-labelledby': id },
    make('p', { id, class: 'dialog-text' }, text),
    make('div', { class: 'dialog-buttons' }, no, sure),
  )
  document.body.append(dialog)
  return new Promise((resolve) => {
    no.onclick = () => dialog.close()
    sure.onclick = () => dialog.close('yes')
    dialog.onclose = () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes')
    }
    dialog.showModal()
  })
}
