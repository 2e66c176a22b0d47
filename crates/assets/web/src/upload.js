// form[data-upload]: a file dropped on [data-drop] is as good as one that was chosen.

const place = (event) => event.target.closest?.('form[data-upload]')?.querySelector('[data-drop]')
const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files')

document.addEventListener('dragover', (event) => {
  const drop = place(event)
  if (!drop || !hasFiles(event)) return
  event.preventDefault()
  drop.classList.add('is-over')
})

document.addEventListener('dragleave', (event) => {
  if (!event.relatedTarget?.closest?.('form[data-upload]')) place(event)?.classList.remove('is-over')
})

document.addEventListener('drop', (event) => {
  const drop = place(event)
  if (!drop || !hasFiles(event)) return
  event.preventDefault()
  drop.classList.remove('is-over')
  drop.querySelector('input[type=file]').files = event.dataTransfer.files
  drop.closest('form').querySelector('button:not([type=button])').focus()
})
