import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { tokens } from '@/shared/session/token'
import { answers, reply, showPage, wang } from '@/shared/testing/page'
import OutboxSign from '@/shared/ui/OutboxSign.vue'
import { toasts } from '@/shared/ui/useToast'
import { all, drop } from './db'
import { gather } from './gathered'
import { useOutbox } from './useOutbox'
import { writing } from './writing'

const person = wang.person.id
const evidence = {
  ...writing(
    'POST',
    '/api/v1/tasks/{task_id}/watch-evidence',
    { task_id: 'tsk_1' },
    { playback_id: 'pbk_1', records: [] },
  ),
  thread: 'watch:tsk_1',
  label: '看课',
  dropsRefused: true,
}
const PATH = 'POST /api/v1/tasks/tsk_1/watch-evidence'

beforeEach(async () => {
  setActivePinia(createPinia())
  for (const name of ['outbox', 'gathered'] as const)
    for (const { seq = 0 } of await all(name, person)) await drop(name, seq)
  tokens.take({ access_token: 'token', expires_at: '2026-11-21T12:00:00Z', ...wang })
  toasts.value = []
})

/** The application begins anew, on a device where an earlier page gathered what it did not live to send. */
async function reopened(table: Record<string, unknown>) {
  await gather(person, 'watch:pbk_1', { counter: 0 }, evidence)
  await gather(person, 'watch:pbk_1', { counter: 1 }, evidence)
  const made = answers(table)
  const page = await showPage(OutboxSign)
  useOutbox().watchNetwork()
  return { made, page }
}

test('what an earlier page gathered is sent when the application starts, for its own playback', async () => {
  const { made } = await reopened({ [PATH]: {} })
  await expect.poll(() => made).toHaveLength(1)
  expect(made[0]?.body).toEqual({ playback_id: 'pbk_1', records: [{ counter: 0 }, { counter: 1 }] })
  await expect.poll(() => all('outbox', person)).toHaveLength(0)
  expect(await all('gathered', person)).toHaveLength(0)
})

test('without a network it is counted among what waits, and sent when the network is back', async () => {
  const { page } = await reopened({})
  await expect.poll(() => page.text()).toContain('1')
  const made = answers({ [PATH]: {} })
  window.dispatchEvent(new Event('online'))
  await expect.poll(() => made).not.toHaveLength(0)
  // Where a WebView has no locks it may go twice, under one key.
  expect(new Set(made.map(({ headers }) => headers.get('Idempotency-Key'))).size).toBe(1)
  await expect.poll(() => useOutbox().items).toHaveLength(0)
})

test('what the server refuses for good is gone, and said once', async () => {
  await reopened({ [PATH]: reply(404, { code: 'task_board.no_such_playback', title: '没有这次播放' }) })
  await expect.poll(() => toasts.value.map(({ text }) => text)).toEqual(['看课 · 没有这次播放'])
  await useOutbox().flushNow()
  expect(toasts.value).toHaveLength(1)
  expect(useOutbox().items).toHaveLength(0)
})
