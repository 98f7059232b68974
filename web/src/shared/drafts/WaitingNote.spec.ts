import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { deviceDb } from '@/shared/outbox/db'
import { put } from '@/shared/outbox/outbox'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { writing } from '@/shared/outbox/writing'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import WaitingNote from './WaitingNote.vue'

const KEPT = '已存在本机，联网后自动提交'
const PATH = 'POST /api/v1/tasks/tsk_1/read'
const Page = defineComponent(() => {
  const outbox = useOutbox()
  return () => h(WaitingNote, { items: outbox.items, kept: KEPT })
})

beforeEach(async () => (await deviceDb()).clear('outbox'))
afterEach(() => vi.restoreAllMocks())

/** The page with one thing that waits. */
async function waiting() {
  await put(wang.person.id, {
    ...writing('POST', '/api/v1/tasks/{task_id}/read', { task_id: 'tsk_1' }),
    thread: 'task:tsk_1',
    label: '读完',
  })
  const page = await showPage(Page)
  await useOutbox().refresh()
  await settle()
  return page
}

const online = (isOnline: boolean) => vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)

test('with a network it is on its way, and nothing speaks of this device', async () => {
  answers({})
  const page = await waiting()
  expect(page.text()).toBe('正在发送…')
})

test('without a network it is kept here for one', async () => {
  answers({})
  online(false)
  const page = await waiting()
  expect(page.text()).toBe(KEPT)
  expect(page.get('p').attributes('role')).toBe('status')
})

test('a server that cannot be reached counts, whatever the device believes of its network', async () => {
  answers({})
  const page = await waiting()
  await useOutbox().flushNow()
  await settle()
  expect(page.text()).toBe(KEPT)
  answers({ [PATH]: reply(503, {}) })
  await useOutbox().flushNow()
  await settle()
  expect(page.text()).toContain('服务器现在没有接受')
})

test('what has arrived, and what was refused, waits for nothing', async () => {
  answers({ [PATH]: {} })
  const page = await waiting()
  await useOutbox().flushNow()
  await settle()
  expect(page.text()).toBe('')
  answers({ [PATH]: reply(409, { code: 'task_board.week_closed', title: '已经结束' }) })
  const refused = await waiting()
  await useOutbox().flushNow()
  await settle()
  expect(refused.text()).toBe('')
})
