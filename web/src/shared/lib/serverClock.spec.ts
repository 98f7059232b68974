import { afterEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useNow } from '@/features/forum-websocket/exchange/clock'
import { useFormat } from '@/shared/composables/useFormat'
import { settle, showPage } from '@/shared/testing/page'
import { hearTime } from './serverClock'

const HOUR = 3600_000
const now = Date.parse('2026-11-21T04:00:00Z')
const at = new Date(now - 5 * 60_000).toISOString()

afterEach(() => vi.useRealTimers())

test('what was told by a clock that is hours behind is told anew once the server has said the time', async () => {
  vi.useFakeTimers({ now: now - 7 * HOUR, toFake: ['Date'] })
  const { when } = useFormat()
  const page = await showPage(
    defineComponent(() => {
      const present = useNow()
      return () => [h('p', when(at)), h('i', when(at, present.value))]
    }),
  )
  expect(page.get('p').text()).toContain('2026年')
  expect(page.get('i').text()).toContain('2026年')
  hearTime(new Date(now).toUTCString())
  await settle()
  expect(page.get('p').text()).toBe('5分钟前')
  expect(page.get('i').text()).toBe('5分钟前')
})
