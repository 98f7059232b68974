import { expect, test } from 'vitest'
import {
  become,
  blankPaper,
  edited,
  move,
  newItem,
  nextKey,
  removeOption,
  toEdit,
  toggleRight,
  toSend,
} from './paperForm'

const words = { yes: '对', no: '错' }

test('a paper survives the way through the editor', () => {
  const item = { ...newItem('single', words), id: 'itm_1', version: 1, right: ['a'] }
  const paper = { ...blankPaper('卷'), items: [item] }
  const sent = toSend(toEdit(paper))
  expect({ ...paper, items: [item] }).toMatchObject(sent)
  expect(sent.items[0]).not.toHaveProperty('key')
  expect(toSend({ ...toEdit(paper), minutes: 0 }).minutes).toBeNull()
})

test('one right answer for one choice, several for several', () => {
  const single = newItem('single', words)
  toggleRight(single, 'a')
  toggleRight(single, 'b')
  expect(single.right).toEqual(['b'])
  const multiple = newItem('multiple', words)
  toggleRight(multiple, 'c')
  toggleRight(multiple, 'a')
  expect(multiple.right).toEqual(['a', 'c'])
  removeOption(multiple, 'a')
  expect([multiple.right, multiple.options.map((option) => option.key)]).toEqual([['c'], ['b', 'c', 'd']])
  expect(nextKey(multiple)).toBe('a')
})

test.each([
  { from: 'multiple', to: 'single', right: ['a'], options: 4 },
  { from: 'single', to: 'multiple', right: ['c'], options: 4 },
  { from: 'multiple', to: 'true_false', right: [], options: 2 },
  { from: 'true_false', to: 'multiple', right: [], options: 4 },
] as const)('a $from that becomes a $to keeps what it has a place for', ({ from, to, right, options }) => {
  const item = newItem(from, words)
  for (const key of from === 'true_false' ? ['true'] : ['a', 'c']) toggleRight(item, key)
  become(item, to, words)
  expect([item.kind, item.right, item.options.length]).toEqual([to, right, options])
})

test('items move within the list and never out of it', () => {
  expect([move([1, 2, 3], 0, 1), move([1, 2, 3], 0, -1), move([1, 2, 3], 2, 1)]).toEqual([
    [2, 1, 3],
    [1, 2, 3],
    [1, 2, 3],
  ])
})

test('an item of the bank is copied, not shared', () => {
  const item = newItem('single', words)
  const copy = edited(item)
  copy.options.forEach((option) => (option.text = '改了'))
  expect(item.options.map((option) => option.text)).toEqual(['', '', '', ''])
})
