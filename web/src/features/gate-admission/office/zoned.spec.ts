import { expect, test } from 'vitest'
import { toClock, toInstant } from './zoned'

test.each([
  ['2026-11-02T08:00', 'Asia/Shanghai', '2026-11-02T00:00:00.000Z'],
  ['2026-11-02T00:30', 'Asia/Shanghai', '2026-11-01T16:30:00.000Z'],
  ['2026-03-29T01:30', 'Europe/Berlin', '2026-03-29T00:30:00.000Z'],
  ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2026-11-02T08:00', 'UTC', '2026-11-02T08:00:00.000Z'],
])('%s in %s is %s, wherever the desk stands', (clock, zone, instant) => {
  expect(toInstant(clock, zone)).toBe(instant)
  expect(toClock(instant, zone)).toBe(clock)
})

test.each(['', 'morgen', '2026-13-01T00:00'])('%s is no time', (clock) => {
  expect(toInstant(clock, 'Asia/Shanghai')).toBeUndefined()
})
