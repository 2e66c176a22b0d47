// Rows that no page and no command writes, put into the books of a shop behind the program's back: what was given up, or is
// long ago.
import { spawnSync } from 'node:child_process'
import { ask } from './postgres.mjs'

const IN_FILE = 'import sqlite3, sys; books = sqlite3.connect(sys.argv[1], timeout=30); books.executescript(sys.argv[2]); books.close()'

/** Why rows of a file cannot be written here; `false`: they can. */
export const noFileRows = spawnSync('python3', ['-c', 'import sqlite3']).status === 0 ? false : 'there is no python3 with sqlite3'

export function writeRows(shop, sql) {
  if (shop.place.startsWith('postgres://')) return ask(sql, shop.place)
  const done = spawnSync('python3', ['-c', IN_FILE, shop.place, sql], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
}
