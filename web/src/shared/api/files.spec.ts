import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tokens } from '@/shared/session/token'
import { answers, reply, settle, wang } from '@/shared/testing/page'
import { fetchFile, uploadFile } from './files'

function answer(headers: Record<string, string>, status = 200) {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('bytes', { status, headers })))
}

const grant = (access_token: string) => ({ access_token, expires_at: '2026-11-21T12:00:00Z', ...wang })

/** What was sent with progress, each answered by the spec: a status, or nothing. */
function sendings() {
  const made: Sending[] = []
  class Sending {
    headers: Record<string, string> = {}
    upload: { onprogress?: (event: object) => void } = {}
    status = 0
    responseText = '{"id":"file"}'
    onload?: () => void
    onabort?: () => void
    onloadend?: () => void
    open() {
      made.push(this)
    }
    setRequestHeader(name: string, value: string) {
      this.headers[name] = value
    }
    send = vi.fn<() => void>()
    abort() {
      this.onabort?.()
      this.onloadend?.()
    }
    answer(status: number) {
      this.status = status
      this.onload?.()
      this.onloadend?.()
    }
    moves() {
      this.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 2 })
    }
  }
  vi.stubGlobal('XMLHttpRequest', Sending)
  return made
}

const file = new File(['bytes'], '教案.pdf')
const outcome = <Value>(asked: Promise<Value>) => asked.catch((problem: unknown) => problem)

beforeEach(() => {
  tokens.end()
  tokens.pagePerson = undefined
})
afterEach(() => {
  vi.useRealTimers()
})

test.each([
  [{ 'content-disposition': "attachment; filename*=UTF-8''%E8%8A%B1%E5%90%8D%E5%86%8C.xlsx" }, '花名册.xlsx'],
  [{ 'content-disposition': 'attachment; filename="roster.xlsx"' }, 'roster.xlsx'],
  [{}, 'template'],
])('a download with %o is called %s', async (headers, name) => {
  answer(headers as Record<string, string>)
  const file = await fetchFile('/api/v1/people/template?lang=zh')
  expect(file.name).toBe(name)
  expect(await file.blob.text()).toBe('bytes')
})

test('a refused download is a problem, not a broken file', async () => {
  answer({}, 404)
  await expect(fetchFile('/api/v1/people/template')).rejects.toMatchObject({ status: 404 })
})

test('a file on a page that was loaded without a network waits for its token before a byte of it leaves', async () => {
  tokens.pagePerson = wang.person.id
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  const made = sendings()
  const sending = uploadFile('/api/v1/files', file, { mostMb: 1 })
  await settle()
  expect(made.map(({ headers }) => headers.Authorization)).toEqual(['Bearer new'])
  made[0]?.answer(201)
  expect(await sending).toEqual({ id: 'file' })

  tokens.end()
  answers({})
  expect(await outcome(uploadFile('/api/v1/files', file, { mostMb: 1 }))).toMatchObject({
    code: 'client.network',
  })
  expect(made).toHaveLength(1)
})

test('a refused file goes once more with the renewed session, under the same key', async () => {
  tokens.take(grant('old'))
  answers({ 'POST /api/v1/session/refresh': grant('new') })
  const made = sendings()
  const sending = uploadFile('/api/v1/files', file, { mostMb: 1 })
  await settle()
  made[0]?.answer(401)
  await settle()
  made[1]?.answer(201)
  expect(await sending).toEqual({ id: 'file' })
  expect(made.map(({ headers }) => headers.Authorization)).toEqual(['Bearer old', 'Bearer new'])
  expect(made[0]?.headers['Idempotency-Key']).toBe(made[1]?.headers['Idempotency-Key'])
})

test('over another version the same press of a file has another key', async () => {
  tokens.take(grant('new'))
  const made = sendings()
  for (const ifMatch of ['"v1"', '"v1"', '"v2"', undefined]) {
    void outcome(uploadFile('/api/v1/files', file, { mostMb: 1, key: 'press-of-a-file', ifMatch }))
    await settle()
  }
  expect(made.map(({ headers }) => headers['Idempotency-Key'])).toEqual([
    'press-of-a-file.v1',
    'press-of-a-file.v1',
    'press-of-a-file.v2',
    'press-of-a-file',
  ])
})

test('a file that was given up does not leave: not before the first sending, and not after a renewal', async () => {
  tokens.take(grant('old'))
  const made = sendings()
  const given = new AbortController()
  given.abort()
  const first = await outcome(uploadFile('/api/v1/files', file, { mostMb: 1, signal: given.signal }))
  expect(first).toMatchObject({ code: 'client.network' })
  expect(made).toHaveLength(0)

  const later = new AbortController()
  answers({
    'POST /api/v1/session/refresh': () => {
      later.abort()
      return grant('new')
    },
  })
  const second = outcome(uploadFile('/api/v1/files', file, { mostMb: 1, signal: later.signal }))
  await settle()
  made[0]?.answer(401)
  expect(await second).toMatchObject({ code: 'client.network' })
  expect(made).toHaveLength(1)
})

test('a file that was begun by one person is not sent again in the name of the next', async () => {
  tokens.pagePerson = wang.person.id
  tokens.take(grant('wang'))
  const made = sendings()
  const sending = outcome(uploadFile('/api/v1/files', file, { mostMb: 1 }))
  await settle()
  tokens.pagePerson = 'per_li'
  tokens.take({ ...grant('li'), person: { ...wang.person, id: 'per_li' } })
  made[0]?.answer(401)
  expect(await sending).toMatchObject({ code: 'client.other_person' })
  expect(made).toHaveLength(1)
})

test('an upload may take as long as it moves, and ends two minutes after it stopped', async () => {
  vi.useFakeTimers()
  tokens.take(grant('t'))
  const made = sendings()
  const told: number[] = []
  const sending = outcome(
    uploadFile('/api/v1/files', file, { mostMb: 1, onProgress: (part) => told.push(part) }),
  )
  await vi.advanceTimersByTimeAsync(119_000)
  made[0]?.moves()
  await vi.advanceTimersByTimeAsync(119_000)
  made[0]?.moves()
  expect(told).toEqual([0.5, 0.5])
  await vi.advanceTimersByTimeAsync(119_999)
  expect(await Promise.race([sending, 'under way'])).toBe('under way')
  await vi.advanceTimersByTimeAsync(1)
  expect(await sending).toMatchObject({ code: 'client.network' })
})

test('a download that never ends is given up after ten minutes', async () => {
  vi.useFakeTimers()
  tokens.take(grant('t'))
  const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1)) })
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status: 200 })))
  const asked = outcome(fetchFile('/api/v1/people/template'))
  await vi.advanceTimersByTimeAsync(599_999)
  expect(await Promise.race([asked, 'under way'])).toBe('under way')
  await vi.advanceTimersByTimeAsync(1)
  expect(await asked).toMatchObject({ code: 'client.network' })
})

test('a refusal is not taken for a lost network', async () => {
  tokens.take(grant('t'))
  answers({ 'POST /api/v1/session/refresh': reply(401, {}) })
  const made = sendings()
  const sending = outcome(uploadFile('/api/v1/files', file, { mostMb: 1 }))
  await settle()
  made[0]?.answer(401)
  expect(await sending).toMatchObject({ status: 401 })
})

test.each([
  [0, 'client.file_empty'],
  [2 * 1024 * 1024 + 1, 'client.file_large'],
])('a file of %i bytes, which the server would not take, does not travel', async (size, code) => {
  tokens.take(grant('old'))
  const made = sendings()
  const wrong = new File([], '教案.pdf')
  Object.defineProperty(wrong, 'size', { value: size })
  expect(await outcome(uploadFile('/api/v1/files', wrong, { mostMb: 2 }))).toMatchObject({ code })
  expect(made).toHaveLength(0)
})
