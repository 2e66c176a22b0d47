// Rows of a form that come and go: [data-row-add="id of a <template>"][data-row-into="id of a list"] adds one, [data-row-remove]
// takes away the [data-item] around it. A list with data-most has no more than that.
const isFull = (list) => list.dataset.most && list.querySelectorAll(':scope > [data-item]').length >= Number(list.dataset.most)

function add({ rowAdd, rowInto }) {
  const list = document.getElementById(rowInto)
  const empty = [...list.querySelectorAll('[data-item] input')].find((field) => !field.value)
  if (!empty && !isFull(list)) list.append(document.getElementById(rowAdd).content.cloneNode(true))
  const field = empty ?? list.lastElementChild.querySelector('input')
  field?.focus()
}

function remove(button) {
  const item = button.closest('[data-item]')
  const next = item.nextElementSibling ?? item.previousElementSibling
  item.dispatchEvent(new Event('input', { bubbles: true }))
  item.remove()
  next?.querySelector('input')?.focus()
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('[data-row-add], [data-row-remove]')
  if (button?.hasAttribute('data-row-add')) add(button.dataset)
  else if (button) remove(button)
})
