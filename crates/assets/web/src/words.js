// What the script says by itself. A page in another language brings its own in <script type="application/json" data-words>.
const ENGLISH = {
  cancel: 'Cancel',
  close: 'Close',
  copied: 'Copied',
  goes_on: 'Go on',
  keys: 'Keys on this page',
  keys_next: 'Next row',
  keys_open: 'Open the row',
  keys_previous: 'Previous row',
  keys_search: 'Search and commands',
  keys_this: 'This list',
  moved: 'Moved to {at} of {all}',
  no_answer: 'No answer from the server. Nothing was changed; try again.',
  nothing_found: 'Nothing found',
  offline: 'Not live: trying to connect again',
  search: 'Search orders, products, places, and what you can do',
  selected: '{count} selected',
}

const own = document.querySelector('script[data-words]')
const words = { ...ENGLISH, ...(own ? JSON.parse(own.textContent) : {}) }

/** A sentence, with `{name}` replaced by what is given. */
export function word(name, given = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => given[key] ?? '')
}
