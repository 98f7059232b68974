import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const kept = new Map<string, Response>()
const worker = new EventTarget()
let isFull = false

beforeEach(async () => {
  vi.useFakeTimers()
  kept.clear()
  const keyOf = (request: Request | string) =>
    new URL(typeof request === 'string' ? request : request.url, 'https://lingxue.test').pathname
  const cache = {
    addAll: () => Promise.resolve(),
    put: async (request: Request, response: Response) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      kept.set(keyOf(request), new Response(await response.arrayBuffer()))
    },
  }
  vi.stubGlobal('caches', {
    match: (request: Request | string) => Promise.resolve(kept.get(keyOf(request))),
    open: () => Promise.resolve(cache),
    keys: () => Promise.resolve([]),
  })
  vi.stubGlobal('__RELEASE__', '1')
  vi.stubGlobal('__FILES__', ['/', '/icon.svg'])
  vi.stubGlobal('self', Object.assign(worker, { location: new URL('https://lingxue.test') }))
  // It listens once, as a worker does.
  await import('./worker')
})
afterEach(() => {
  vi.useRealTimers()
})

/** What the worker answers; undefined where it leaves the request to the browser. */
function ask(path: string, mode = 'cors'): Promise<unknown> | undefined {
  let answer: Promise<unknown> | undefined
  const request = { url: `https://lingxue.test${path}`, method: 'GET', mode }
  const event = Object.assign(new Event('fetch'), {
    request,
    respondWith: (given: Promise<Response>) => (answer = given.then((response) => response.text())),
  })
  worker.dispatchEvent(event)
  return answer
}

const outcome = (answer: Promise<unknown> | undefined) => answer?.catch((cause: unknown) => cause)

test('a file that came once is kept, and answers without a network', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('code')))
  expect(await ask('/assets/a-1.js')).toBe('code')
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
  expect(await ask('/assets/a-1.js')).toBe('code')
  expect(await outcome(ask('/assets/b-1.js'))).toBeInstanceOf(TypeError)
})

test('a device that has no room left shows the file all the same', async () => {
  isFull = true
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('code')))
  expect(await ask('/assets/a-1.js')).toBe('code')
  isFull = false
})

test('the API and the files of people are left to the network', () => {
  expect(ask('/api/v1/me')).toBeUndefined()
  expect(ask('/api/v1/me', 'navigate')).toBeUndefined()
  expect(ask('/blob/x', 'navigate')).toBeUndefined()
})

const halfway = () =>
  new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('co')) }))

test.each([
  ['a file that nobody answers', '/assets/a-1.js', 'cors', () => new Promise<Response>(() => undefined)],
  ['a file that stops in the middle', '/assets/a-1.js', 'cors', () => Promise.resolve(halfway())],
  ['a page that nobody answers', '/learn', 'navigate', () => new Promise<Response>(() => undefined)],
])('%s is given up after a minute', async (_, path, mode, fetch) => {
  vi.stubGlobal('fetch', fetch)
  const asked = outcome(ask(path, mode))
  await vi.advanceTimersByTimeAsync(59_999)
  expect(await Promise.race([asked, 'under way'])).toBe('under way')
  await vi.advanceTimersByTimeAsync(1)
  expect(await asked).toBeInstanceOf(TypeError)
})
