import { expect, test } from 'vitest'
import { answers, showPage, wang } from '@/shared/testing/page'
import CoursePage from './CoursePage.vue'

const grant = (scope_kind: 'training' | 'class', scope_id: string) => ({
  id: `gra_${scope_id}`,
  role: 'expert' as const,
  scope_kind,
  scope_id,
  scope_name: '',
})

test('classes stand in the order of their numbers', async () => {
  const grants = [grant('training', 'trn_1'), ...['cls_1', 'cls_2', 'cls_3'].map((id) => grant('class', id))]
  const named = (class_id: string, number: number, name: string) => ({
    class_id,
    number,
    name,
    training_id: 'trn_1',
  })
  answers({
    'GET /api/v1/my/classes': {
      items: [named('cls_1', 2, '二班'), named('cls_2', 10, '十班'), named('cls_3', 1, '一班')],
    },
    'GET /api/v1/trainings': { items: [], next: null },
    'GET /api/v1/trainings/trn_1/task-lists': { items: [] },
  })
  const page = await showPage(CoursePage, { me: { ...wang, places: ['teach'], grants } })
  expect(page.findAll('li.class p').map((name) => name.text())).toEqual(['一班', '二班', '十班'])
})

test('the training that runs is shown before a newer one that is still prepared', async () => {
  const made = answers({
    'GET /api/v1/my/classes': { items: [] },
    'GET /api/v1/trainings': {
      items: [
        { id: 'trn_1', title: '复式教学', state: 'running' },
        { id: 'trn_2', title: '下一期', state: 'preparing' },
      ],
      next: null,
    },
    'GET /api/v1/trainings/trn_1/task-lists': { items: [] },
    'GET /api/v1/trainings/trn_2/task-lists': { items: [] },
  })
  const grants = [grant('training', 'trn_1'), grant('training', 'trn_2')]
  const page = await showPage(CoursePage, { me: { ...wang, places: ['teach'], grants } })
  await expect.poll(() => made.at(-1)?.path).toBe('/api/v1/trainings/trn_1/task-lists')
  expect(page.findAll('option').map((option) => option.text())).toEqual(['请选择', '复式教学', '下一期'])
})

test.each([
  ['running', true],
  ['closed', false],
])('in a training that is %s a list can be added: %s', async (state, isOffered) => {
  answers({
    'GET /api/v1/my/classes': { items: [] },
    'GET /api/v1/trainings': { items: [{ id: 'trn_1', title: '复式教学', state }], next: null },
    'GET /api/v1/trainings/trn_1/task-lists': { items: [] },
  })
  const grants = [grant('training', 'trn_1')]
  const page = await showPage(CoursePage, { me: { ...wang, places: ['teach'], grants } })
  expect(page.findAll('button').some((button) => button.text() === '新建一周')).toBe(isOffered)
})
