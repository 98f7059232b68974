import { expect, test } from 'vitest'
import { addLevel, blankRubric, MOST_LEVELS, mostOf, rubricFrom, toSend, type Rubric } from './rubricForm'

const rubric: Rubric = {
  id: 'rub_1' as Rubric['id'],
  work_kind: 'reflection',
  title: '反思评分',
  title_en: '',
  is_default: true,
  most: 1000,
  criteria: [{ key: 'real', title: '真实', levels: [{ key: 'a', title: '具体', points: 10 }] }],
}

test('a rubric made from another one leaves the other as it is', () => {
  const form = rubricFrom(rubric, '反思评分（新）')
  for (const criterion of form.criteria) addLevel(criterion)
  expect(rubric.criteria[0]?.levels).toHaveLength(1)
  expect(form).toMatchObject({ work_kind: 'reflection', title: '反思评分（新）' })
  expect(form).not.toHaveProperty('id')
})

test('levels of a criterion have keys of their own, up to as many as the server takes', () => {
  const [criterion] = blankRubric().criteria
  if (!criterion) throw new Error('a blank rubric has a criterion')
  for (let n = 0; n < 20; n += 1) addLevel(criterion)
  expect(new Set(criterion.levels.map((level) => level.key)).size).toBe(MOST_LEVELS)
})

test('the most of a rubric is the sum of the best levels, whatever the inputs hold', () => {
  const form = blankRubric()
  form.criteria = form.criteria.map((criterion) => ({
    ...criterion,
    levels: [{ key: 'a', title: '好', points: '20' as unknown as number }],
  }))
  expect(mostOf(form.criteria)).toBe(20)
  expect(toSend(form).criteria[0]?.levels[0]?.points).toBe(20)
})
