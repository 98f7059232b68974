import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'

const NOON = Date.parse('2026-11-03T12:00:00Z')
const at = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString()

beforeEach(() => {
  vi.resetModules()
  vi.useFakeTimers({ now: NOON })
})
afterEach(() => {
  vi.useRealTimers()
})

async function begin(told: { now: string; at: number; since?: number }, longest = Infinity) {
  const { useCountdown } = await import('./useCountdown')
  const clock = await import('@/shared/lib/serverClock')
  let countdown!: ReturnType<typeof useCountdown>
  const page = mount(
    defineComponent(() => {
      countdown = useCountdown(
        () => at(30),
        () => told,
        () => longest,
      )
      return () => h('p', countdown.text.value)
    }),
  )
  return { page, countdown, clock }
}

test('an answer that lay on the device for ten minutes has ten minutes less to give', async () => {
  const { countdown } = await begin({ now: at(0), at: NOON - 10 * 60_000 })
  expect(countdown.text.value).toBe('20:00')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(countdown.text.value).toBe('19:00')
})

test('a device whose clock is wrong by hours counts by the server’s', async () => {
  const { countdown, clock } = await begin({ now: at(-180), at: NOON })
  clock.hearTime(new Date(NOON + 5 * 60_000).toUTCString())
  await vi.advanceTimersByTimeAsync(1000)
  expect(countdown.text.value).toBe('24:59')
})

test('what this page was told of the attempt itself counts, whatever other answers say the time is', async () => {
  const { countdown, clock } = await begin({ now: at(0), at: NOON, since: performance.now() })
  clock.hearTime(new Date(NOON + 3_600_000).toUTCString())
  await vi.advanceTimersByTimeAsync(60_000)
  expect([countdown.text.value, countdown.isOver.value]).toEqual(['29:00', false])
  await vi.advanceTimersByTimeAsync(29 * 60_000)
  expect([countdown.isOver.value, countdown.isKnown.value]).toEqual([true, true])
})

test('other answers end nothing that this page was never told of', async () => {
  const { countdown, clock } = await begin({ now: at(0), at: NOON })
  clock.hearTime(new Date(NOON + 3_600_000).toUTCString())
  await vi.advanceTimersByTimeAsync(1000)
  expect([countdown.isOver.value, countdown.isKnown.value]).toEqual([true, false])
})

test('a test of thirty minutes never has more', async () => {
  const { countdown } = await begin({ now: at(-0.01), at: NOON, since: performance.now() }, 30 * 60)
  expect(countdown.text.value).toBe('30:00')
})

test('setting the clock of the device while the test runs changes nothing', async () => {
  const { countdown, clock } = await begin({ now: at(0), at: NOON })
  clock.hearTime(new Date(NOON).toUTCString())
  await vi.advanceTimersByTimeAsync(60_000)
  vi.setSystemTime(NOON - 3_600_000)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(countdown.text.value).toBe('28:00')
  vi.setSystemTime(NOON + 3_600_000)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(countdown.text.value).toBe('27:00')
})

test('an end that only the device believes in ends nothing', async () => {
  const { countdown } = await begin({ now: at(0), at: NOON - 3_600_000 })
  expect(countdown.isOver.value).toBe(true)
  expect(countdown.isKnown.value).toBe(false)
})
