import { expect, test } from 'vitest'
import { Segments, type PlayerState } from './segments'

const at = (media: number, wall: number, rest: Partial<PlayerState> = {}): PlayerState => ({
  media,
  wall,
  rate: 1,
  isVisible: true,
  ...rest,
})

test('playing on gives one record every ten seconds, without a gap', () => {
  const segments = new Segments()
  segments.begin(at(0, 1000))
  const records = []
  for (let second = 1; second <= 25; second += 1) {
    records.push(segments.move(at(second * 1000, 1000 + second * 1000)))
  }
  records.push(segments.end(at(25_500, 26_500)))
  const found = records.filter((record) => record !== undefined)
  expect(found.map(({ counter, from_ms, to_ms }) => [counter, from_ms, to_ms])).toEqual([
    [0, 0, 10_000],
    [1, 10_000, 20_000],
    [2, 20_000, 25_500],
  ])
  expect(found[0]?.wall_ms).toBe(10_000)
})

test('a jump counts only what was played before it', () => {
  const segments = new Segments()
  segments.begin(at(0, 0))
  segments.move(at(4000, 4000))
  // The player reports the new position only after the jump.
  expect(segments.jump()).toMatchObject({ from_ms: 0, to_ms: 4000, wall_ms: 4000 })
  segments.begin(at(50_000, 4500))
  expect(segments.end(at(51_000, 5500))).toMatchObject({ from_ms: 50_000, to_ms: 51_000 })
})

test('another speed or a hidden page begins another stretch', () => {
  const segments = new Segments()
  segments.begin(at(0, 0))
  expect(segments.move(at(2000, 2000, { rate: 2 }))).toMatchObject({ to_ms: 2000, rate_hundredths: 100 })
  expect(segments.move(at(6000, 4000, { rate: 2, isVisible: false }))).toMatchObject({
    from_ms: 2000,
    to_ms: 6000,
    rate_hundredths: 200,
    is_visible: true,
  })
  expect(segments.end(at(7000, 4500, { rate: 2, isVisible: false }))).toMatchObject({ is_visible: false })
})

test('standing still is nothing to report', () => {
  const segments = new Segments()
  expect(segments.move(at(0, 0))).toBeUndefined()
  segments.begin(at(3000, 0))
  expect(segments.end(at(3000, 60_000))).toBeUndefined()
  expect(segments.isPlaying).toBe(false)
})
