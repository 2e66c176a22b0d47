// Databases for tests on the server that BATON_TEST_POSTGRES names, made and dropped by psql.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'

const DEBIAN = '/usr/lib/postgresql'
const server = process.env.BATON_TEST_POSTGRES

/** Why tests on PostgreSQL are skipped; `false`: they are not. */
export const noPostgres = server ? false : 'BATON_TEST_POSTGRES names no server'

function psql() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort() : []
  return versions.map((version) => `${DEBIAN}/${version}/bin/psql`).findLast(existsSync) ?? 'psql'
}

export const ask = (sql, place = server) => execFileSync(psql(), [place, '-q', '-c', sql], { stdio: ['ignore', 'ignore', 'pipe'] })

export async function emptyDatabase() {
  const name = `baton_browser_${randomBytes(6).toString('hex')}`
  ask(`create database ${name}`)
  const place = new URL(server)
  place.pathname = `/${name}`
  return { place: place.href, drop: async () => ask(`drop database ${name} with (force)`) }
}
