import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { api, call } from '@/shared/api'
import { all, keep } from '@/shared/outbox/db'
import { put, list } from '@/shared/outbox/outbox'
import { writing } from '@/shared/outbox/writing'
import { answers, reply, wang } from '@/shared/testing/page'
import { useSession } from './session'
import { tokens } from './token'

const grant = (token: string) => ({
  access_token: token,
  expires_at: '2026-11-21T12:00:00Z',
  ...wang,
})

beforeEach(() => {
  tokens.end()
  setActivePinia(createPinia())
})

test('requests refused together renew the session once and are sent again with the new token', async () => {
  tokens.take(grant('old'))
  const made = answers({
    'GET /api/v1/me': (request: Request) =>
      request.headers.get('Authorization') === 'Bearer new' ? wang : reply(401, { code: 'session.expired' }),
    'POST /api/v1/session/refresh': grant('new'),
  })
  const three = await Promise.all([1, 2, 3].map(() => call(api.GET('/api/v1/me'))))
  expect(three.map((me) => me.person.name)).toEqual(['王秀兰', '王秀兰', '王秀兰'])
  expect(made.filter((request) => request.path === '/api/v1/session/refresh')).toHaveLength(1)
})

test('a POST keeps its idempotency key when it is sent again', async () => {
  tokens.take(grant('old'))
  const made = answers({
    'POST /api/v1/live/ticket': (request: Request) =>
      request.headers.get('Authorization') === 'Bearer new' ? { ticket: 't' } : reply(401, {}),
    'POST /api/v1/session/refresh': grant('new'),
  })
  await call(api.POST('/api/v1/live/ticket'))
  const keys = made
    .filter((r) => r.path === '/api/v1/live/ticket')
    .map((r) => r.headers.get('Idempotency-Key'))
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
})

test('a wrong password is not taken for an old session', async () => {
  const made = answers({ 'POST /api/v1/sign-in': reply(401, { code: 'sign_in.refused' }) })
  await expect(useSession().signIn('wang', 'wrong')).rejects.toMatchObject({
    code: 'sign_in.refused',
    status: 401,
  })
  expect(made).toHaveLength(1)
})

test('the page starts signed in from the cookie', async () => {
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  const session = useSession()
  await session.start()
  expect(session.phase).toBe('in')
  expect(session.places).toEqual(['learn'])
})

test('a refused cookie ends what the device remembered', async () => {
  localStorage.setItem('lingxue.me', JSON.stringify(wang))
  const session = useSession()
  expect(session.phase).toBe('remembered')
  answers({ 'POST /api/v1/session/refresh': reply(401, {}) })
  await session.start()
  expect(session.phase).toBe('out')
  expect(localStorage.getItem('lingxue.me')).toBeNull()
})

test('without a network a remembered person goes on, and is asked for again later', async () => {
  localStorage.setItem('lingxue.me', JSON.stringify(wang))
  const session = useSession()
  answers({})
  await session.start()
  expect(session.phase).toBe('remembered')
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  await session.start()
  expect(session.phase).toBe('in')
})

test('a page that was loaded without a network asks for its token before it asks for anything else', async () => {
  localStorage.setItem('lingxue.me', JSON.stringify(wang))
  const session = useSession()
  answers({})
  await session.start()
  const made = answers({ 'POST /api/v1/session/refresh': grant('new'), 'GET /api/v1/me': wang })
  await Promise.all([call(api.GET('/api/v1/me')), call(api.GET('/api/v1/me'))])
  expect(made.map(({ path, headers }) => [path, headers.get('Authorization')])).toEqual([
    ['/api/v1/session/refresh', null],
    ['/api/v1/me', 'Bearer new'],
    ['/api/v1/me', 'Bearer new'],
  ])
})

test('a cookie of somebody else than the device remembers starts the page anew', async () => {
  localStorage.setItem('lingxue.me', JSON.stringify({ ...wang, person: { ...wang.person, id: 'per_li' } }))
  const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  await useSession().start()
  await expect.poll(() => assign).toHaveBeenCalledWith('/')
  assign.mockRestore()
})

test('signing out takes what was read from the device, also when the server cannot be reached; the cookie is ended at the next start', async () => {
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  const session = useSession()
  await session.start()
  const call = writing('POST', '/api/v1/tasks/{task_id}/start', { task_id: 'tsk_1' })
  await put(wang.person.id, { ...call, thread: 'a', label: 'x' })
  await keep('kept', { key: 'per_wang/x', user: wang.person.id, queryKey: ['x'], data: 1, at: 1 })
  answers({})
  await session.signOut()
  expect(session.phase).toBe('out')
  expect(await all('kept', wang.person.id)).toHaveLength(0)
  // What could not be sent waits for this person, and for nobody else.
  expect(await list(wang.person.id)).toHaveLength(1)

  setActivePinia(createPinia())
  const made = answers({
    'POST /api/v1/session/refresh': grant('again'),
    'POST /api/v1/sign-out': reply(204),
  })
  const next = useSession()
  await next.start()
  expect(next.phase).toBe('out')
  expect(made.map((request) => request.path)).toEqual(['/api/v1/session/refresh', '/api/v1/sign-out'])
})

test('who signed out without a network is let in again by nothing that renews: the cookie they left is ended first', async () => {
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  const session = useSession()
  await session.start()
  answers({})
  await session.signOut()

  // The session is there still, and the server does not end it yet: nothing goes out with it.
  const refused = (request: Request) => (request.headers.get('Authorization') ? wang : reply(401, {}))
  const busy = answers({
    'POST /api/v1/session/refresh': grant('again'),
    'POST /api/v1/sign-out': reply(503, {}),
    'GET /api/v1/me': refused,
  })
  await expect(call(api.GET('/api/v1/me'))).rejects.toMatchObject({ status: 503 })
  expect(busy.filter(({ path }) => path === '/api/v1/me')).toHaveLength(1)

  const made = answers({
    'POST /api/v1/session/refresh': grant('again'),
    'POST /api/v1/sign-out': reply(204),
    'GET /api/v1/me': refused,
  })
  await expect(call(api.GET('/api/v1/me'))).rejects.toMatchObject({ status: 401 })
  expect(made.map(({ path, headers }) => [path, headers.get('Authorization')])).toEqual([
    ['/api/v1/me', null],
    ['/api/v1/session/refresh', null],
    ['/api/v1/sign-out', 'Bearer again'],
  ])
  expect(session.phase).toBe('out')
  expect(tokens.token).toBeUndefined()

  // It is ended once; whoever signs in then is renewed as ever.
  answers({ 'POST /api/v1/session/refresh': grant('third') })
  expect(await tokens.renew()).toBe('renewed')
})

test('whoever left while it was asked what they may does not come back with the answer', async () => {
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  const session = useSession()
  await session.start()
  let answer: (me: unknown) => void = () => undefined
  answers({ 'GET /api/v1/me': () => new Promise((resolve) => (answer = resolve)) })
  const loading = session.load()
  await expect.poll(() => answer).toHaveLength(1)
  tokens.end()
  answer(wang)
  await loading
  expect(session.phase).toBe('out')
  expect(session.me).toBeUndefined()
})

const read = (user: string) => keep('kept', { key: `${user}/x`, user, queryKey: ['x'], data: 1, at: 1 })

test('a session that the server ends takes what was read from the device', async () => {
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  const session = useSession()
  await session.start()
  await read(wang.person.id)
  answers({ 'POST /api/v1/session/refresh': reply(401, {}) })
  await tokens.renew()
  expect(session.phase).toBe('out')
  await expect.poll(() => all('kept', wang.person.id)).toEqual([])
})

test('what was read goes before the page of somebody who signed in elsewhere is opened', async () => {
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  await useSession().start()
  await read(wang.person.id)
  const left = vi.fn<() => void>()
  const assign = vi.spyOn(location, 'assign').mockImplementation(left)
  tokens.take({ ...grant('li'), person: { ...wang.person, id: 'per_li' } })
  await expect.poll(() => left).toHaveBeenCalled()
  expect(await all('kept', wang.person.id)).toEqual([])
  assign.mockRestore()
})

test('signing out everywhere needs the server, and says so when it is away', async () => {
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  const session = useSession()
  await session.start()
  answers({})
  await expect(session.signOut(true)).rejects.toMatchObject({ code: 'client.network' })
  expect(session.phase).toBe('in')
})

test('an answer that is no problem document is still a problem with its status', async () => {
  tokens.take(grant('t'))
  answers({ 'GET /api/v1/me': reply(502) })
  await expect(call(api.GET('/api/v1/me'))).rejects.toMatchObject({ code: 'client.unexpected', status: 502 })
})

test('somebody who signs in here does not delete what another person of this device has not sent', async () => {
  const session = useSession()
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  await session.start()
  const call = writing('POST', '/api/v1/tasks/{task_id}/start', { task_id: 'tsk_2' })
  const before = (await list(wang.person.id)).length
  await put(wang.person.id, { ...call, thread: 'a', label: 'x' })
  const li = { ...grant('li'), person: { ...wang.person, id: 'per_li', name: '李' } }
  answers({ 'POST /api/v1/sign-in': li })
  await session.signIn('li', 'right')
  expect(session.personId).toBe('per_li')
  expect(await list(wang.person.id)).toHaveLength(before + 1)
})

test('a page never speaks with the token of somebody who signed in elsewhere, not even before it is left', async () => {
  const session = useSession()
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  await session.start()
  const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
  tokens.take({ ...grant('li'), person: { ...wang.person, id: 'per_li' } })
  const made = answers({ 'GET /api/v1/me': wang })
  await expect(call(api.GET('/api/v1/me'))).rejects.toMatchObject({ code: 'client.other_person' })
  expect(made).toHaveLength(0)
  await expect.poll(() => assign).toHaveBeenCalledWith('/')
  assign.mockRestore()
})

test('what one person began is not sent again in the name of the next', async () => {
  const session = useSession()
  answers({ 'POST /api/v1/session/refresh': grant('wang') })
  await session.start()
  let answer: (reply: unknown) => void = () => undefined
  const li = { ...grant('li'), person: { ...wang.person, id: 'per_li', name: '李' } }
  const made = answers({
    'PUT /api/v1/tasks/tsk_1/reflection': () => new Promise((resolve) => (answer = resolve)),
    'POST /api/v1/sign-out': reply(204),
    'POST /api/v1/sign-in': li,
  })
  const saving = call(
    api.PUT('/api/v1/tasks/{task_id}/reflection', {
      params: { path: { task_id: 'tsk_1' } },
      body: { draft: '王的反思', based_on: 0 },
    }),
  ).catch((problem: unknown) => problem)
  await expect.poll(() => answer).toHaveLength(1)
  await session.signOut()
  await session.signIn('li', 'right')
  answer(reply(401, {}))
  expect(await saving).toMatchObject({ code: 'client.other_person' })
  const saved = made.filter(({ method }) => method === 'PUT')
  expect(saved.map(({ headers }) => headers.get('Authorization'))).toEqual(['Bearer wang'])
})

test('a busy server is not called a lost network: its answer to the renewal is what is said', async () => {
  tokens.take(grant('old'))
  answers({
    'GET /api/v1/me': reply(401, {}),
    'POST /api/v1/session/refresh': reply(429, { code: 'rate.limited', title: '请求太频繁' }),
  })
  await expect(call(api.GET('/api/v1/me'))).rejects.toMatchObject({ code: 'rate.limited', status: 429 })
})

test('a request that nobody answers ends, and so does a renewal that every other request waits for', async () => {
  vi.useFakeTimers()
  tokens.take(grant('old'))
  vi.stubGlobal('fetch', () => new Promise(() => undefined))
  const asked = call(api.GET('/api/v1/me')).catch((problem: unknown) => problem)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await asked).toMatchObject({ code: 'client.network' })

  vi.stubGlobal('fetch', (request: Request | string) =>
    typeof request === 'string'
      ? new Promise(() => undefined)
      : Promise.resolve(new Response('{}', { status: 401 })),
  )
  const three = [1, 2, 3].map(() => call(api.GET('/api/v1/me')).catch((problem: unknown) => problem))
  await vi.advanceTimersByTimeAsync(20_000)
  for (const problem of await Promise.all(three)) expect(problem).toMatchObject({ code: 'client.network' })

  // The next one starts anew.
  answers({ 'GET /api/v1/me': wang })
  expect((await call(api.GET('/api/v1/me'))).person.name).toBe('王秀兰')
  vi.useRealTimers()
})

test('an answer whose body stops in the middle ends too', async () => {
  vi.useFakeTimers()
  tokens.take(grant('t'))
  const body = new ReadableStream({
    start: (stream) => stream.enqueue(new TextEncoder().encode('{"person"')),
  })
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status: 200 })))
  const asked = call(api.GET('/api/v1/me')).catch((problem: unknown) => problem)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await asked).toMatchObject({ code: 'client.network' })
  vi.useRealTimers()
})
