// Tabler's stylesheet without the families of rules that no page uses: @import "tabler" and @import "tabler-rtl".
//
// A class is left out by what it begins with (unused.txt), not by whether a template has it today: pages are written
// without building this again, and a class that is composed while a page is drawn is never lost.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postcss from 'postcss'

const SHEETS = { tabler: 'tabler.min.css', 'tabler-rtl': 'tabler.rtl.min.css' }

export function tabler(here) {
  return {
    name: 'tabler',
    setup(build) {
      build.onResolve({ filter: /^tabler(-rtl)?$/ }, ({ path }) => ({ path, namespace: 'tabler' }))
      build.onLoad({ filter: /./, namespace: 'tabler' }, async ({ path }) => {
        const css = await readFile(join(here, 'node_modules/@tabler/core/dist/css', SHEETS[path]), 'utf8')
        return { contents: without(css, await unused(here)), loader: 'css', resolveDir: here }
      })
    },
  }
}

async function unused(here) {
  const lines = (await readFile(join(here, 'unused.txt'), 'utf8')).split('\n')
  return lines.map((line) => line.trim()).filter((line) => line && !line.startsWith('#')).map((line) => new RegExp(line))
}

function without(css, patterns) {
  const root = postcss.parse(css)
  const isKept = (selector) => !patterns.some((pattern) => pattern.test(selector))
  root.walkRules((rule) => {
    if (rule.parent?.name?.endsWith('keyframes')) return
    const kept = rule.selectors.filter(isKept)
    if (!kept.length) rule.remove()
    else if (kept.length < rule.selectors.length) rule.selectors = kept
  })
  root.walkAtRules((at) => {
    if (at.nodes && !at.nodes.length) at.remove()
  })
  return root.toString()
}
