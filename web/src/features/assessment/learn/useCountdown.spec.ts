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

async function begin(told: { now: string; at: number }) {
  const { useCountdown } = await import('./useCountdown')
  const clock = await import('@/shared/lib/serverClock')
  let countdown!: ReturnType<typeof useCountdown>
  const page = mount(
    defineComponent(() => {
      countdown = useCountdown(
        () => at(30),
        () => told,
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
  expect(countdown.isKnown.value).toBe(true)
  expect(countdown.text.value).toBe('24:59')
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
