import { connect } from 'node:net'
import { expect, test, vi } from 'vitest'
import { all, keep } from '@/shared/outbox/db'
import { askedInVain } from './network'
import { settle } from './turns'

const row = { key: 'per_1/a', user: 'per_1', queryKey: ['a'], data: 1, at: 1 }

test('a spec waits until nothing more comes of what was done, however many steps that takes', async () => {
  let steps = 0
  const go = async () => {
    for (; steps < 300; steps += 1) {
      await new Promise((resolve) => (steps % 2 ? setImmediate(resolve) : setTimeout(resolve)))
      if (steps % 100 === 0) await keep('kept', row)
      if (steps === 150) await import('@/shared/lib/doublePress')
    }
  }
  void go()
  await settle()
  expect(steps).toBe(300)
  expect(await all('kept', 'per_1')).toEqual([row])
})

test('what is put off, called off, or held back is not waited for', async () => {
  const later = vi.fn()
  const timer = setTimeout(later, 60_000)
  clearTimeout(setTimeout(later))
  clearImmediate(setImmediate(later))
  void new Promise(() => undefined).then(later)
  await settle()
  expect(later).not.toHaveBeenCalled()
  clearTimeout(timer)
})

test('whoever asks the real network is refused, whichever way', async () => {
  await expect(fetch('/api/v1/me')).rejects.toThrow('no network')
  await expect(fetch(new Request('http://localhost/blob', { method: 'PUT' }))).rejects.toThrow('no network')
  const refused = await new Promise((resolve) => connect(80, '127.0.0.1').on('error', resolve))
  expect(refused).toMatchObject({ message: 'no network' })
  expect(askedInVain()).toEqual([
    '/api/v1/me',
    'PUT http://localhost/blob',
    expect.stringContaining('127.0.0.1'),
  ])
  expect(askedInVain()).toEqual([])
})

test.fails('a spec that asked the real network fails, also when it did not look at the answer', () => {
  fetch('/api/v1/me').catch(() => undefined)
})

test('two windows of a device hear each other, and another device hears nothing', async () => {
  const { BroadcastChannel: OfThreads } = await import('node:worker_threads')
  const heard: unknown[] = []
  const [one, other, outside] = [
    new BroadcastChannel('news'),
    new BroadcastChannel('news'),
    new OfThreads('news'),
  ]
  one.onmessage = ({ data }: MessageEvent) => heard.push(data)
  outside.onmessage = () => heard.push('outside')
  other.postMessage({ words: '写了' })
  outside.postMessage('from outside')
  await expect.poll(() => heard).toEqual([{ words: '写了' }])
  for (const channel of [one, other, outside]) channel.close()
})
