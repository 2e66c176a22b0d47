// <input type="file" data-file-into="#box">: the text of the file comes into a box, to be looked at before it is sent.
document.addEventListener('change', async ({ target }) => {
  const file = target.dataset?.fileInto && target.files?.[0]
  if (!file) return
  const box = document.querySelector(target.dataset.fileInto)
  box.value = await file.text()
  box.dispatchEvent(new Event('input', { bubbles: true }))
})
