// How people come in: by the page where everybody signs in, or asking the server directly for what a journey must know.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { wordsOf } from './words.mjs'

/** Signs in by the page and waits until it has led somewhere else. */
export async function signIn(page, account, password) {
  const t = wordsOf(page.language)
  await page.goto('/sign-in')
  // Everybody is first spoken to in Chinese.
  if (page.language === 'en') await page.getByRole('button', { name: 'English' }).click()
  await page.getByLabel(t('identity/public', 'signIn.login')).fill(account)
  await page.getByLabel(t('identity/public', 'signIn.password'), { exact: true }).fill(password)
  await page.getByRole('main').getByRole('button', { name: t('identity/public', 'signIn.submit') }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

/**
 * `const lead = await asking(lingxue, 'lead')`, then `lead.get(path)`, `lead.post(path, body)` and so on. For facts, and for
 * what happened before the journey begins; what the journey is about is done on pages.
 */
export async function asking(lingxue, account) {
  let token
  token = (await call('POST', '/api/v1/sign-in', { login: account, password: lingxue.password })).access_token

  async function call(method, path, body, headers = {}) {
    const answer = await send(method, path, body, headers)
    return answer.json()
  }
  async function send(method, path, body, headers = {}) {
    const isForm = body instanceof FormData
    const answer = await fetch(lingxue.url + path, {
      method,
      headers: {
        ...(body && !isForm && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: isForm ? body : body && JSON.stringify(body),
    })
    if (!answer.ok) assert.fail(`${account}: ${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    remove: (path) => send('DELETE', path),
    /** Sends a file as its page does, over the version that was seen. */
    async upload(path, name, bytes, version = 0) {
      const form = new FormData()
      form.append('file', new Blob([bytes]), name)
      const headers = { 'idempotency-key': randomUUID(), 'if-match': `"v${version}"` }
      return (await send('POST', path, form, headers)).json()
    },
    bytes: async (path) => Buffer.from(await (await send('GET', path)).arrayBuffer()),
    /** Changes a shared thing as it is now. */
    async edit(path, change) {
      const read = await send('GET', path)
      const before = await read.json()
      return call('PUT', path, change(before), { 'if-match': read.headers.get('etag') })
    },
  }
}
