// Asks the API of a shop as its owner, for what a test needs to be there.

/** A session: `ask(method, path, body)` answers what came back, and throws what was refused. */
export async function asOwner(shop) {
  const answer = await fetch(`${shop.url}/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: shop.owner.email, password: shop.owner.password }) })
  if (!answer.ok) throw new Error(`POST /v1/session: ${answer.status} ${await answer.text()}`)
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')

  async function ask(method, path, body, more = {}) {
    const isText = typeof body === 'string'
    const headers = { cookie, 'content-type': isText ? 'text/csv' : 'application/json', ...more }
    const sent = method === 'GET' ? undefined : isText ? body : JSON.stringify(body ?? {})
    const answer = await fetch(shop.url + path, { method, headers, body: sent })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`)
    return { version: answer.headers.get('etag'), body: text && JSON.parse(text) }
  }
  /** Sends a form of the console, as a browser without script does. */
  async function form(path, fields) {
    const answer = await fetch(shop.url + path, { method: 'POST', headers: { cookie, accept: 'text/html' }, body: new URLSearchParams(fields), redirect: 'manual' })
    if (answer.status !== 303) throw new Error(`POST ${path}: ${answer.status} ${(await answer.text()).slice(0, 2000)}`)
    return answer.headers.get('location')
  }
  return {
    form,
    get: async (path) => (await ask('GET', path)).body,
    post: async (path, body) => (await ask('POST', path, body)).body,
    put: async (path, body) => (await ask('PUT', path, body)).body,
    /** Changes what has versions, as it is now. */
    change: async (path, body) => {
      const { version } = await ask('GET', path)
      return (await ask('PATCH', path, body, { 'if-match': version })).body
    },
    ask,
  }
}

/** Until `look` answers something true; what runs beside it takes its time. */
export async function until(what, look, tries = 300) {
  for (let left = tries; left > 0; left--) {
    const seen = await look()
    if (seen) return seen
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${what}: it did not come`)
}
