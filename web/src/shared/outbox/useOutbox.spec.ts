import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { createApp } from 'vue'
import { useSession, type Me } from '@/shared/session/session'
import { tokens } from '@/shared/session/token'
import { answers, reply, settle, wang } from '@/shared/testing/page'
import { useOutbox } from './useOutbox'
import { writing } from './writing'

const li: Me = { ...wang, person: { ...wang.person, id: 'per_li', name: '李' } }
const start = writing('POST', '/api/v1/tasks/{task_id}/start', { task_id: 'tsk_1' })

/** One window of somebody; all of them are on one device. */
function open(me: Me = wang) {
  const queries = new QueryClient()
  const app = createApp({ render: () => null })
  app.use(createPinia())
  app.use(VueQueryPlugin, { queryClient: queries })
  return app.runWithContext(() => {
    useSession().$patch({ me, phase: 'in' })
    for (const key of ['week', 'other']) queries.setQueryData([key], 1)
    const isOld = (key: string) => queries.getQueryState([key])?.isInvalidated
    return { outbox: useOutbox(), isOld }
  })
}

beforeEach(() => {
  tokens.take({ access_token: 'token', expires_at: '2026-11-21T12:00:00Z', ...wang })
})

test('whichever window sends, the one that wrote shows what came of it, and so do the person’s others', async () => {
  const [writer, sender, other] = [open(), open(), open(li)]
  answers({})
  await writer.outbox.send({ ...start, thread: 'a', label: '开始', refreshes: [['week']] })
  await settle()
  await expect.poll(() => writer.outbox.waiting).toHaveLength(1)
  answers({ [`POST ${start.url}`]: { state: 'started' } })
  await sender.outbox.flushNow()

  await expect.poll(() => writer.outbox.waiting).toHaveLength(0)
  for (const window of [writer, sender]) {
    expect(window.outbox.arrived).toMatchObject([{ url: start.url, answer: { state: 'started' } }])
    expect(window.isOld('week')).toBe(true)
    expect(window.isOld('other')).toBe(false)
  }
  expect(other.outbox.arrived).toEqual([])
  expect(other.isOld('week')).toBe(false)
})

test('what no window could send makes nothing old', async () => {
  const [writer, sender] = [open(), open()]
  answers({ [`POST ${start.url}`]: reply(503, {}) })
  await writer.outbox.send({ ...start, thread: 'a', label: '开始', refreshes: [['week']] })
  await sender.outbox.flushNow(true)
  await settle()
  expect(writer.isOld('week')).toBe(false)
  expect(writer.outbox.waiting).toHaveLength(1)
})
