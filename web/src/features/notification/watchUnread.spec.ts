import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { ref } from 'vue'
import { live, type ChannelListener } from '@/shared/live/socket'
import { useSession } from '@/shared/session/session'
import { answers, settle, wang } from '@/shared/testing/page'
import { watchUnread } from './watchUnread'

test('the number follows what is told live, and goes with the person', async () => {
  const listeners = new Map<string, ChannelListener>()
  const leave = vi.fn()
  vi.spyOn(live, 'subscribe').mockImplementation((channel, listener) => {
    listeners.set(channel, listener)
    return leave
  })
  let unread = 2
  answers({ 'GET /api/v1/notices/unread-count': () => ({ unread }) })
  setActivePinia(createPinia())
  const session = useSession()
  const count = ref(0)
  watchUnread(count)
  expect(listeners.size).toBe(0)

  session.$patch({ me: wang, phase: 'in' })
  await settle()
  expect(count.value).toBe(2)
  const mine = listeners.get('person:per_wang')
  const told = (kind: string, data: unknown) =>
    mine?.onEvent?.({ channel: 'person:per_wang', number: 1, kind, data })
  told('notice_added', {})
  expect(count.value).toBe(3)
  told('notices_read', { unread: 1 })
  expect(count.value).toBe(1)
  unread = 7
  mine?.onResync?.()
  await settle()
  expect(count.value).toBe(7)

  session.$patch({ me: undefined, phase: 'out' })
  await settle()
  expect(leave).toHaveBeenCalledTimes(1)
  expect(count.value).toBe(0)
})
