import { afterEach, expect, test, vi } from 'vitest'
import { locale } from '@/shared/i18n'
import { loadCommon } from '@/shared/i18n/common'
import { hearTime } from '@/shared/lib/serverClock'
import { useFormat } from './useFormat'

const now = Date.parse('2026-11-21T04:00:00Z')

afterEach(() => {
  locale.value = 'zh-CN'
})

test('a time is the training’s time, wherever the phone is', () => {
  const { dateTime } = useFormat()
  expect(dateTime('2026-11-20T16:30:00Z')).toContain('21日')
  expect(dateTime('2026-11-20T16:30:00Z')).toContain('00:30')
  expect(useFormat('Asia/Urumqi').dateTime('2026-11-20T16:30:00Z')).toContain('20日')
})

test('a device whose clock is two days ahead counts by the server’s', () => {
  vi.useFakeTimers({ now: now + 2 * 86_400_000, toFake: ['Date'] })
  hearTime(new Date(now).toUTCString())
  expect(useFormat().left('2026-11-22T06:00:00Z')).toBe('还剩 1 天')
  expect(useFormat().when('2026-11-21T03:40:00Z')).toBe('20分钟前')
  vi.useRealTimers()
})

test.each([
  ['2026-11-23T05:00:00Z', '还剩 2 天'],
  ['2026-11-21T07:00:00Z', '还剩 3 小时'],
  ['2026-11-21T04:00:20Z', '还剩 1 分钟'],
  ['2026-11-21T04:00:00Z', '已截止'],
])('the deadline %s reads as %s', (until, words) => {
  expect(useFormat().left(until, now)).toBe(words)
})

test.each([
  ['2026-11-21T03:59:30Z', 'just now'],
  ['2026-11-21T03:40:00Z', '20 minutes ago'],
  ['2026-11-20T03:00:00Z', 'yesterday'],
  ['2026-11-19T15:30:00Z', '2 days ago'],
])('%s was %s', async (at, words) => {
  await loadCommon('en')
  locale.value = 'en'
  expect(useFormat().when(at, now)).toBe(words)
})

test('sizes and money read as people say them', () => {
  const { bytes, money, percent } = useFormat()
  expect([bytes(300), bytes(9_300_000), money(123_450), percent(0.714)]).toEqual([
    '1 kB',
    '9.3 MB',
    '¥1,234.50',
    '71%',
  ])
})
