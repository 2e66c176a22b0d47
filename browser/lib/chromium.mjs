// Debian's Chromium, and pages in it that reach nothing but this machine.
import { X509Certificate, createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const PLACES = [process.env.BATON_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
// Without these it looks for hosts of its maker at every start.
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]
export const SIZES = { desktop: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } }

export const executable = () => PLACES.find((path) => path && existsSync(path))

export const launch = (more = []) => chromium.launch({ executablePath: executable(), args: [...FLAGS, ...more] })

/** As if this one certificate were trusted, and no other: what a device does that trusts the CA that signed it. */
export const trusting = (pem) => {
  const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  return `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`
}

/** A page, and what it did that it should not: `left` are requests that leave this machine, `said` errors it showed. */
export async function open(browser, { size = 'desktop', ...rest } = {}) {
  const isPhone = size === 'phone'
  const context = await browser.newContext({ viewport: SIZES[size] ?? size, isMobile: isPhone, hasTouch: isPhone, ...rest })
  const page = await context.newPage()
  const left = []
  const said = []
  await context.route((url) => !isOurs(url), (route) => {
    left.push(route.request().url())
    return route.abort()
  })
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.stack))
  return { context, page, left, said }
}

const isOurs = ({ protocol, hostname }) => ['data:', 'blob:', 'about:'].includes(protocol) || hostname === '127.0.0.1'
