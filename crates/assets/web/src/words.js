// What the script says by itself: the page brings its words along, in <script type="application/json" data-words>.

const own = document.querySelector('script[data-words]')
const words = own ? JSON.parse(own.textContent) : {}

/** A sentence, with `{name}` replaced by what is given. */
export function word(name, given = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => given[key] ?? '')
}
