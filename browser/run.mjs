// Runs every test in tests/, or those whose files are named: node browser/run.mjs [FILE…]. The demo is made once for all.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO, makeDemo } from './lib/shop.mjs'

const here = new URL('.', import.meta.url).pathname
const named = process.argv.slice(2)
const files = readdirSync(join(here, 'tests')).filter((name) => name.endsWith('.test.mjs')).filter((name) => !named.length || named.some((part) => name.includes(part)))
const folder = mkdtempSync(join(tmpdir(), 'baton-demo-'))
try {
  await makeDemo(folder)
  // A browser, a server and a database each: two at a time keep two processors busy.
  const flags = ['--test', '--test-concurrency=2', `--test-reporter=${process.env.BATON_BROWSER_REPORTER ?? 'spec'}`]
  const done = spawnSync('node', [...flags, ...files.map((name) => join(here, 'tests', name))], { stdio: 'inherit', env: { ...process.env, [DEMO]: folder } })
  process.exitCode = done.status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
