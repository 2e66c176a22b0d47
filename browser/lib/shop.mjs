// Shops to look at, each a server of its own on a free port: the demo's books or none, on SQLite or PostgreSQL.
//
// The demo is made once for all tests (run.mjs says where); each shop has a copy. Owns that all of it is gone afterwards.
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { emptyDatabase } from './postgres.mjs'

const ROOT = new URL('../../', import.meta.url).pathname
export const DEMO = 'BATON_BROWSER_DEMO'
const ORDERS = '300'
// Of the demo shop that somebody makes beside their own.
const FEW = '120'
const URL_ = /https?:\/\/127\.0\.0\.1:\d+/
const LINK = /https?:\/\/127\.0\.0\.1:\d+\/start\?secret=\S+/
const TRUST = /http:\/\/127\.0\.0\.1:\d+\/trust/
// How people get in: over plain HTTP on this machine, or over HTTPS with a CA of the shop's own.
const PLAIN = ['--plain-cookies']
const OWN = ['--https', 'own', '--https-listen', '127.0.0.1:0', '--host', '127.0.0.1']
const EMAIL = 'demo@example.com'

export function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target')
  const path = process.env.BATON_BIN ?? join(target, 'debug', 'baton')
  if (!existsSync(path)) throw new Error(`${path} is not there: cargo build -p baton, or name it in BATON_BIN`)
  return path
}

/** Makes the demo's books in a folder: `demo.sqlite`, and `sign-in.json` with who may look. */
export async function makeDemo(folder) {
  const demo = start(['demo', '--dir', folder, '--orders', ORDERS, '--still', '--listen', '127.0.0.1:0'])
  const said = await demo.says(/The demo answers at/)
  const password = /with the password (\S+)/.exec(said)[1]
  await demo.stop()
  writeFileSync(join(folder, 'sign-in.json'), JSON.stringify({ email: EMAIL, password }))
}

/**
 * Serves a shop. `books`: `demo`, `none`, or `{ backup }`, which is restored. `on`: `sqlite` or `postgres`. It has a `url`, the
 * `link` for the first owner where there is none, the `owner` of the demo, the `place` of its books, a `folder` that goes with
 * it, the `commands` that were given for it, `backup(folder)` and `stop()`. With `https` it has the page at `trust`, too, and the
 * certificate that it shows at `certificate`.
 */
export async function openShop({ books = 'demo', on = 'sqlite', https = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'baton-shop-'))
  const database = on === 'postgres' ? await emptyDatabase() : { place: join(folder, 'shop.sqlite'), drop: async () => {} }
  const clear = async () => {
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const owner = books === 'demo' ? await bringDemo(database.place, on) : null
    const commands = books.backup ? [['restore', books.backup, '--database', database.place]] : []
    for (const command of commands) await start(command).ends()
    const arguments_ = ['serve', '--database', database.place, '--listen', '127.0.0.1:0', ...(https ? OWN : PLAIN), '--https-folder', join(folder, 'https'), '--backups', join(folder, 'backups'), '--daily-backup', 'false', '--requests-per-minute', '0', '--demo-orders', FEW, '--demo-books', join(folder, 'demo.sqlite')]
    const server = start(arguments_)
    commands.push(arguments_)
    const said = await server.says(https ? TRUST : books === 'none' ? LINK : /Baton answers at/)
    const url = URL_.exec(said)[0]
    const certificate = https ? readFileSync(join(folder, 'https', 'own.pem'), 'utf8') : null
    const backup = (folder) => start(['backup', '--database', database.place, '--backups', folder]).ends()
    const stop = async () => { await server.stop(); await clear() }
    return { url, place: database.place, folder, certificate, trust: TRUST.exec(said)?.[0], link: LINK.exec(said)?.[0], owner, commands, backup, log: server.log, stop }
  } catch (error) {
    await clear()
    throw error
  }
}

async function bringDemo(place, on) {
  const folder = process.env[DEMO] ?? (await ownDemo())
  const books = join(folder, 'demo.sqlite')
  if (on === 'postgres') await start(['copy', '--database', books, '--to', place]).ends()
  else for (const end of ['', '-wal']) if (existsSync(books + end)) copyFileSync(books + end, place + end)
  return JSON.parse(readFileSync(join(folder, 'sign-in.json'), 'utf8'))
}

/** Where one file of tests is run by itself. */
async function ownDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'baton-demo-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  await makeDemo(folder)
  process.env[DEMO] = folder
  return folder
}

/** Runs a command to its end; the lines that it prints. */
export async function run(arguments_) {
  const command = start(arguments_)
  await command.ends()
  return command.log
}

/** A baton that runs. */
function start(arguments_) {
  const env = { ...process.env, BATON_DATABASE: '', BATON_CONFIG: '' }
  for (const name of ['BATON_DATABASE', 'BATON_CONFIG', 'BATON_LISTEN']) delete env[name]
  const child = spawn(binary(), arguments_, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const log = []
  let heard = () => {}
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => { log.push(line); heard() })
  }
  const ended = new Promise((resolve) => child.on('exit', resolve))
  const all = () => log.join('\n')
  return {
    log,
    says: (pattern) => new Promise((resolve, reject) => {
      heard = () => pattern.test(all()) && resolve(all())
      heard()
      ended.then((code) => reject(new Error(`baton ${arguments_[0]} ended with ${code}:\n${all()}`)))
    }),
    ends: async () => {
      const code = await ended
      if (code !== 0) throw new Error(`baton ${arguments_[0]} ended with ${code}:\n${all()}`)
    },
    stop: async () => { child.kill('SIGTERM'); await ended },
  }
}

/** Signs in as a person does, through the page. */
export async function signIn(page, shop) {
  await page.goto(`${shop.url}/sign-in`)
  await page.fill('input[name=email]', shop.owner.email)
  await page.fill('input[name=password]', shop.owner.password)
  await page.click('form[action="/sign-in"] button')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}
