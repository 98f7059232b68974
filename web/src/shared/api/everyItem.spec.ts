import { expect, test } from 'vitest'
import { everyItem } from './everyItem'

test('pages are read to the last', async () => {
  const pages: Record<string, { items: number[]; next?: string }> = {
    first: { items: [1, 2], next: 'b' },
    b: { items: [3, 4], next: 'c' },
    c: { items: [5] },
  }
  const asked: string[] = []
  const whole = await everyItem((after = 'first') => {
    asked.push(after)
    return Promise.resolve(pages[after] ?? { items: [] })
  })
  expect(whole).toEqual({ items: [1, 2, 3, 4, 5] })
  expect(asked).toEqual(['first', 'b', 'c'])
})
