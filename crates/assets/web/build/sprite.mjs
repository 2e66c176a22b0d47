// The icons named in icons.txt as one SVG file: <use href="…#i-NAME"/>.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export async function sprite(here) {
  const set = JSON.parse(await readFile(join(here, 'node_modules/@iconify-json/tabler/icons.json'), 'utf8'))
  const text = await readFile(join(here, 'icons.txt'), 'utf8')
  const names = text.split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#'))
  const unknown = names.filter((name) => !bodyOf(set, name))
  if (unknown.length) throw new Error(`icons.txt: Tabler has no icon ${unknown.map((name) => `"${name}"`).join(', ')}`)
  const symbols = names.map((name) => `<symbol id="i-${name}" viewBox="0 0 24 24">${bodyOf(set, name)}</symbol>`)
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`
}

function bodyOf(set, name) {
  return set.icons[name]?.body ?? set.icons[set.aliases?.[name]?.parent]?.body
}
