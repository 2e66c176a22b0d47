// Makes the files a browser loads: node build.mjs OUT
//
// Owns: what is bundled, under which names, and that each file lies there plain, as gzip and as brotli, with
// `manifest.tsv` last: where it is, the folder is whole. Knows nothing of Rust, nor of any page.
import { build } from 'esbuild'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { sprite } from './build/sprite.mjs'
import { tabler } from './build/tabler.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const out = process.argv[2] ?? join(here, 'dist')

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const PACKED = new Set(['.woff2'])

const islands = await bundle(['islands/chart.js', 'islands/rules.js', 'islands/sortable.js'])
const paths = islands.map(({ name, file }) => [name.replace('.js', ''), `/assets/${file}`])
const pages = await bundle(['app.js', 'theme.js', 'app.css', 'app-rtl.css'], { ISLANDS: JSON.stringify(Object.fromEntries(paths)) })
const icons = marked('icons.svg', Buffer.from(await sprite(here)))
const icon = marked('icon.svg', await readFile(join(here, 'src/icon.svg')))
await store([...islands, ...pages, icons, icon])

async function bundle(entries, define = {}) {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: entries.map((name) => `src/${name}`),
    outdir: out,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/assets/',
    loader: { '.woff2': 'file' },
    // Licences of what is bundled stay in the files.
    legalComments: 'inline',
    plugins: [tabler(here)],
    define,
    write: false,
    logLevel: 'warning',
  })
  return outputFiles.map(({ path, contents }) => named(basename(path), contents))
}

/** `app-1A2B3C4D.js` is known as `app.js`. */
function named(file, bytes) {
  return { name: file.replace(/-[A-Z0-9]{8}(?=\.[a-z0-9]+$)/, ''), file, bytes: Buffer.from(bytes) }
}

/** What esbuild does not see gets a mark as esbuild makes them. */
function marked(name, bytes) {
  const mark = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase()
  return { name, file: name.replace('.', `-${mark}.`), bytes }
}

async function store(files) {
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  const rows = []
  for (const { name, file, bytes } of files.toSorted((a, b) => (a.file < b.file ? -1 : 1))) {
    const ending = extname(file)
    await writeFile(join(out, file), bytes)
    if (!PACKED.has(ending)) await pack(file, bytes)
    rows.push([name, file, TYPES[ending], PACKED.has(ending) ? 'plain' : 'packed'].join('\t'))
  }
  await writeFile(join(out, 'manifest.tsv'), rows.join('\n') + '\n')
}

async function pack(file, bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  await writeFile(join(out, `${file}.br`), brotliCompressSync(bytes, { params }))
  await writeFile(join(out, `${file}.gz`), gzipSync(bytes, { level: 9 }))
}
