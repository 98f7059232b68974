import { beforeEach, expect, test } from 'vitest'
import { answers, reply, wang } from '@/shared/testing/page'
import { tokens } from '@/shared/session/token'
import { send, withKey } from './fetch'

const KEY = '4f7c1e1a-5c0e-4c7e-9d3e-0a1b2c3d4e5f'
const grant = (access_token: string) => ({ access_token, expires_at: '2026-11-21T12:00:00Z', ...wang })
const press = (method: string, headers: Record<string, string>) =>
  withKey(new Request('http://localhost/api/v1/things/thg_1/decision', { method, headers }))
const keyOf = (request: Request) => request.headers.get('Idempotency-Key')

beforeEach(() => {
  tokens.end()
  tokens.pagePerson = undefined
})

test.each([
  ['POST', '"v3"', `${KEY}.v3`],
  ['POST', 'W/"v12"', `${KEY}.v12`],
  ['POST', undefined, KEY],
  ['PUT', '"v3"', KEY],
])('the key of a %s over %s is %s', (method, version, key) => {
  const over = version === undefined ? undefined : { 'If-Match': version }
  expect(keyOf(press(method, { 'Idempotency-Key': KEY, ...over }))).toBe(key)
})

test('a press over a version that came without a key has one that the server takes', () => {
  expect(keyOf(press('POST', { 'If-Match': '"v3"' }))).toMatch(/^[\w.-]{8,97}\.v3$/)
  expect(keyOf(press('PUT', { 'If-Match': '"v3"' }))).toBeNull()
})

test('the same request goes again under the same key after the session was renewed', async () => {
  tokens.take(grant('old'))
  const made = answers({
    'POST /api/v1/things/thg_1/decision': (request: Request) =>
      request.headers.get('Authorization') === 'Bearer new' ? {} : reply(401, {}),
    'POST /api/v1/session/refresh': grant('new'),
  })
  await send(press('POST', { 'Idempotency-Key': KEY, 'If-Match': '"v3"' }))
  const keys = made
    .filter(({ path }) => path.endsWith('decision'))
    .map(({ headers }) => headers.get('Idempotency-Key'))
  expect(keys).toEqual([`${KEY}.v3`, `${KEY}.v3`])
})
