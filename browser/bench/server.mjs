// A page of our own, with everything the front end does on it, and a server that answers it: the script is tried without
// the console. The policy is the one that pages of Baton have.
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** `dist`: the folder that `build.mjs` made. */
export async function serveBench(dist) {
  const files = await manifest(dist)
  const bench = { posted: [], streams: new Set(), held: 1, worked: 0, isUp: true }
  const server = createServer((request, response) => answer({ bench, dist, files }, request, response))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  bench.url = `http://127.0.0.1:${server.address().port}`
  bench.tell = (kind) => bench.streams.forEach((stream) => stream.write(`event: event\ndata: ${JSON.stringify({ kind })}\n\n`))
  bench.hangUp = () => bench.streams.forEach((stream) => stream.destroy())
  bench.close = () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve) })
  return bench
}

async function manifest(dist) {
  const rows = (await readFile(join(dist, 'manifest.tsv'), 'utf8')).trim().split('\n').map((line) => line.split('\t'))
  return new Map(rows.map(([name, file, kind]) => [name, { file, kind }]))
}

async function answer({ bench, dist, files }, request, response) {
  const url = new URL(request.url, 'http://bench')
  const send = (status, kind, body) => response.writeHead(status, { 'content-type': kind, 'content-security-policy': POLICY }).end(body)
  if (url.pathname === '/v1/events/stream') return listen(bench, response)
  if (url.pathname.startsWith('/assets/')) {
    const found = [...files.values()].find(({ file }) => `/assets/${file}` === url.pathname)
    return found ? send(200, found.kind, await readFile(join(dist, found.file))) : send(404, 'text/plain', '')
  }
  if (request.method === 'POST') {
    bench.posted.push(`${url.pathname} ${await read(request)}`)
    if (url.pathname === '/fragment') return send(422, 'text/html', '<p id="said">Say more</p>')
    if (url.pathname === '/taken') return response.writeHead(204, { 'x-baton-go': '/?done=taken' }).end()
    if (url.pathname === '/refused') return hold(bench, response, send)
    return response.writeHead(303, { location: '/' }).end()
  }
  if (url.pathname === '/rows') return send(200, 'text/html', `<table class="table table-cards" id="orders" data-live="order." data-live-src="/rows">${rows(bench)}</table>`)
  if (url.pathname === '/work') return send(200, 'text/html', work(bench))
  if (url.pathname === '/palette') return send(200, 'text/html', found(url.searchParams.get('q')))
  if (url.pathname === '/favicon.ico') return send(204, 'image/x-icon', '')
  return send(200, 'text/html', await page(bench, files, url))
}

function hold(bench, response, send) {
  if (!bench.posted.at(-1).endsWith('=')) return response.writeHead(204, { 'x-baton-go': '/?done=hold' }).end()
  return send(422, 'text/html', '<div class="alert alert-danger" role="alert" data-faults><p>Say why.</p><ul><li data-fault="reason">A reason is needed</li></ul></div>')
}

const read = async (request) => { let body = ''; for await (const part of request) body += part; return body }

function listen(bench, response) {
  if (!bench.isUp) return response.writeHead(503).end()
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n')
  bench.streams.add(response)
  response.on('close', () => bench.streams.delete(response))
}

const row = (number, state, pill) => `<tr id="row-${number}" data-row><td><label class="tick"><input class="form-check-input" type="checkbox" name="id" value="${number}" data-bulk-one data-key="x" aria-label="Tick #${number}"></label></td>
  <td class="card-title-cell"><a href="/orders/${number}" data-row-open>#${number}</a></td><td data-label="Customer">Ann Example</td><td data-label="State"><span class="pill pill-${pill}">${state}</span></td><td data-label="Total" class="text-end money">$42.00</td></tr>`

function rows({ held }) {
  const head = '<thead><tr><th scope="col"><label class="tick"><input class="form-check-input" type="checkbox" data-bulk-all aria-label="Tick all"></label></th><th scope="col">Order</th><th scope="col">Customer</th><th scope="col">State</th><th scope="col" class="text-end">Total</th></tr></thead>'
  return `${head}<tbody>${row(1043, `Held ${held}`, 'bad')}${row(1042, 'Shipped', 'ok')}${row(1041, 'Allocated', 'info')}</tbody>`
}

/** It is done at the third look. */
function work(bench) {
  bench.worked += 1
  return `<p id="work" data-live-src="/work"${bench.worked < 3 ? ' data-live-every="20"' : ''}>${bench.worked} of 3</p>`
}

const found = (q) => ['Go to orders', 'Go to inventory', 'Hold an order'].filter((name) => name.toLowerCase().includes(q.toLowerCase()))
  .map((name) => `<li><a href="/found?${encodeURIComponent(name)}">${name}</a></li>`).join('').replace(/^(.+)$/, '<ul>$1</ul>')

async function page(bench, files, url) {
  const text = await readFile(join(here, 'page.html'), 'utf8')
  const path = (name) => `/assets/${files.get(name).file}`
  const css = url.searchParams.get('dir') === 'rtl' ? 'app-rtl.css' : 'app.css'
  return text.replaceAll('THEME_JS', path('theme.js')).replace('THEME', url.searchParams.get('theme') ?? 'auto')
    .replace('WORDS', words())
    .replace('<html ', url.searchParams.get('dir') === 'rtl' ? '<html dir="rtl" ' : '<html ').replace('APP_CSS', path(css))
    .replace('APP_JS', path('app.js')).replaceAll('ICONS', path('icons.svg')).replace('ROWS', rows(bench))
    .replace('WORK', url.searchParams.has('work') ? work(bench) : '')
}

/** What the script says, as pages of the console bring it: the messages `script-…` in English. */
function words() {
  const text = readFileSync(new URL('../../crates/console/locales/en/frame.ftl', import.meta.url), 'utf8')
  const said = [...text.matchAll(/^script-([a-z-]+) = (.*)$/gm)]
  const one = ([, id, message]) => [id.replaceAll('-', '_'), message.replace(/\{ \$(\w+) \}/g, '{$1}')]
  return JSON.stringify(Object.fromEntries(said.map(one)))
}
