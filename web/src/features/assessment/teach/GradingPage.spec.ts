import type { QueryClient } from '@tanstack/vue-query'
import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import GradingPage from './GradingPage.vue'

const led = (id: string, name: string, role = 'assistant') => ({ class_id: id, name, my_role: role })
const work = {
  work_kind: 'assignment',
  work_id: 'sub_1',
  task_id: 'tsk_1',
  learner: { id: 'per_1', name: '王秀兰' },
  week: 2,
  title: '复式教案',
  title_en: '',
  submitted_at: '2026-11-03T01:00:00Z',
  again: false,
  drafted: false,
  points: null,
  most: null,
}

test('classes are called by their names, and the first work is one tap away', async () => {
  answers({
    'GET /api/v1/my/classes': {
      items: [led('cls_1', '一班'), led('cls_2', '二班'), led('cls_3', '自己学的班', 'learner')],
    },
    'GET /api/v1/classes/cls_1/grading-queue': { items: [work] },
  })
  const page = await showPage(GradingPage)
  expect(page.findAll('option').map((option) => option.text())).toEqual(['请选择', '一班', '二班'])
  expect(page.text()).toContain('王秀兰')
  expect(page.text()).toContain('开始批改')
})

test('who leads no class is told so', async () => {
  answers({ 'GET /api/v1/my/classes': { items: [] } })
  const page = await showPage(GradingPage)
  expect(page.text()).toContain('您还没有带班')
})

test('finished works grow page by page', async () => {
  const made = answers({
    'GET /api/v1/my/classes': { items: [led('cls_1', '一班')] },
    'GET /api/v1/classes/cls_1/grading-queue': ({ url }: Request) => {
      if (!url.includes('part=graded')) return { items: [work] }
      return url.includes('after=rev_1')
        ? { items: [{ ...work, work_id: 'sub_3', learner: { id: 'per_3', name: '李芳' } }] }
        : { items: [{ ...work, work_id: 'sub_2' }], next: 'rev_1' }
    },
  })
  const page = await showPage(GradingPage)
  const button = (text: string) => page.findAll('button').find((each) => each.text() === text)
  await page.findAll('[role=tab]')[2]?.trigger('click')
  await settle()
  expect(page.text()).not.toContain('李芳')
  await button('更多')?.trigger('click')
  await settle()
  expect(page.text()).toContain('李芳')
  expect(button('更多')).toBeUndefined()
  expect(made.filter((request) => request.path.includes('after=rev_1'))).toHaveLength(1)
})

test('what was sent back is found again, with its own words when there is none', async () => {
  const sent = { ...work, work_id: 'sub_4', learner: { id: 'per_4', name: '赵敏' } }
  let returned = [sent]
  answers({
    'GET /api/v1/my/classes': { items: [led('cls_1', '一班')] },
    'GET /api/v1/classes/cls_1/grading-queue': ({ url }: Request) => ({
      items: url.includes('part=returned') ? returned : [],
    }),
  })
  for (const words of ['赵敏', '没有退回后等学员修改的作业']) {
    const page = await showPage(GradingPage)
    await page.findAll('[role=tab]')[1]?.trigger('click')
    await settle()
    expect(page.text()).toContain(words)
    page.unmount()
    returned = []
  }
})

test('where the training is over, what waits is only read', async () => {
  answers({
    'GET /api/v1/my/classes': { items: [{ ...led('cls_1', '一班'), training_state: 'closed' }] },
    'GET /api/v1/classes/cls_1/grading-queue': { items: [work] },
  })
  const page = await showPage(GradingPage)
  expect(page.text()).toContain('王秀兰')
  expect(page.text()).toContain('培训已经结束，成绩不再变动')
  expect(page.text()).not.toContain('开始批改')
})

test('a class whose training runs is shown before one whose training is over', async () => {
  answers({
    'GET /api/v1/my/classes': {
      items: [{ ...led('cls_1', '旧班'), training_state: 'closed' }, led('cls_2', '新班')],
    },
    'GET /api/v1/classes/cls_2/grading-queue': { items: [work] },
  })
  const page = await showPage(GradingPage)
  expect(page.text()).toContain('开始批改')
})

test('the class where most work waits is shown first, and stays while it is graded', async () => {
  let left = [work, { ...work, work_id: 'sub_2' }]
  answers({
    'GET /api/v1/my/classes': { items: [led('cls_new', '新班'), led('cls_1', '一班'), led('cls_2', '二班')] },
    'GET /api/v1/classes/cls_new/grading-queue': { items: [] },
    'GET /api/v1/classes/cls_1/grading-queue': () => ({ items: left }),
    'GET /api/v1/classes/cls_2/grading-queue': { items: [{ ...work, work_id: 'sub_3' }] },
  })
  const page = await showPage(GradingPage)
  const shown = () => page.find('select').element.selectedOptions[0]?.text
  await expect.poll(shown).toBe('一班')
  expect(page.text()).toContain('开始批改')
  left = []
  const client = page.vm.$.appContext.provides['VUE_QUERY_CLIENT'] as QueryClient
  await client.invalidateQueries({ queryKey: ['assessment', 'queue'] })
  await settle()
  expect(shown()).toBe('一班')
})

test('a class that the address names is shown whatever waits elsewhere', async () => {
  answers({
    'GET /api/v1/my/classes': { items: [led('cls_1', '一班'), led('cls_2', '二班')] },
    'GET /api/v1/classes/cls_1/grading-queue': { items: [work] },
    'GET /api/v1/classes/cls_2/grading-queue': { items: [] },
  })
  const page = await showPage(GradingPage, { at: '/?class=cls_2' })
  expect(page.find('select').element.selectedOptions[0]?.text).toBe('二班')
})
