import { expect, test } from 'vitest'
import { testWord } from './minimum/testWord'
import { STATES, stateWord, untilWord, type TaskState } from './states'

test('each state has a word, and what was done late says so', () => {
  const words = (Object.keys(STATES) as TaskState[]).map((state) => stateWord({ state }))
  expect(new Set(words).size).toBe(words.length)
  expect(stateWord({ state: 'done', is_late: true })).toBe('补交')
  expect(stateWord({ state: 'returned', is_late: true })).toBe('已退回，请修改')
})

test('a result below what is asked for says what is asked for and what is left', () => {
  const result = { score: 3166, minimum: 60, attempts_left: 2 }
  expect(testWord(result)).toBe('按百分制，最好成绩 31.66 分，要求 60 分。 还可以做 2 次。')
  expect(testWord({ ...result, attempts_left: 0 })).toContain('次数已经用完')
  expect(testWord(result, false), 'its time is over').toBe('按百分制，最好成绩 31.66 分，要求 60 分。')
})

test('what is out of the ordinary says until when', () => {
  expect(untilWord('late', '11月15日')).toBe('可补交到 11月15日')
  expect(untilWord('returned', '11月15日')).toBe('最晚 11月15日 交')
  expect(untilWord('claimed', '11月15日')).toBeUndefined()
})
