import { expect, test } from 'vitest'
import type { Schema } from '@/shared/api'
import { answers, reply, showPage } from '@/shared/testing/page'
import AfterTask from './AfterTask.vue'

const TASK = 'GET /api/v1/tasks/tsk_1'
const WEEK = 'GET /api/v1/classes/cls_1/this-week'
const next = { id: 'tsk_2', title: '读：三本账', title_en: 'Read: three ledgers', minutes: 12 }
const week = {
  list: { tasks: [next] },
  make_up: [],
  next: { kind: 'task', task_id: 'tsk_2' },
  done: 1,
  total: 2,
}
const task = (rest: Partial<Schema<'TaskView'>>) => ({
  id: 'tsk_1',
  class_id: 'cls_1',
  phase: 'open',
  ...rest,
})
const result = (score: number, attempts_left: number) => ({ score, minimum: 60, attempts_left })
const show = (language: 'zh-CN' | 'en' = 'zh-CN') =>
  showPage(AfterTask, { props: { taskId: 'tsk_1' }, language })

test.each(['done', 'awaiting_review'] as const)(
  'after a task that is %s the next one is offered',
  async (state) => {
    answers({ [TASK]: task({ state }), [WEEK]: week })
    const page = await show()
    expect(page.text()).toContain('读：三本账')
    expect(page.text()).toContain('约 12 分钟')
    expect(page.get('a').attributes('href')).toContain('tsk_2')
  },
)

test.each(['claimed', 'started', 'returned', 'late'] as const)(
  'a task that is %s comes first itself',
  async (state) => {
    answers({ [TASK]: task({ state }), [WEEK]: week })
    const page = await show()
    expect(page.text()).toBe('')
  },
)

test('a result below what is asked for says so, what is left, and nothing of another task', async () => {
  answers({ [TASK]: task({ state: 'below_minimum', test: result(3166, 1) }), [WEEK]: week })
  const page = await show()
  expect(page.text()).toBe('按百分制，最好成绩 31.66 分，要求 60 分。 还可以做 1 次。')
  page.unmount()
  const english = await show('en')
  expect(english.text()).toBe('Best result 31.66, of at least 60 out of 100. 1 attempt left.')
})

test('who can try no more goes on with the next task', async () => {
  answers({ [TASK]: task({ state: 'below_minimum', test: result(3166, 0) }), [WEEK]: week })
  const page = await show()
  expect(page.text()).toContain('次数已经用完')
  expect(page.get('a').attributes('href')).toContain('tsk_2')
})

test('a result that is enough says what was asked for, and what comes next', async () => {
  answers({ [TASK]: task({ state: 'done', test: result(8000, 2) }), [WEEK]: week })
  const page = await show()
  expect(page.text()).toContain('按百分制，最好成绩 80 分，达到要求的 60 分。 还可以做 2 次。')
  expect(page.text()).toContain('读：三本账')
})

test('a test without a minimum asks for none', async () => {
  answers({ [TASK]: task({ state: 'done', test: { ...result(8000, 0), minimum: 0 } }), [WEEK]: week })
  const page = await show()
  expect(page.text()).toContain('按百分制，最好成绩 80 分。 次数已经用完。')
  expect(page.text()).not.toContain('要求')
})

test('after the last task of the week it is said that all is done', async () => {
  answers({ [TASK]: task({ state: 'done' }), [WEEK]: { ...week, next: { kind: 'rest' }, done: 2 } })
  const page = await show()
  expect(page.text()).toContain('这一周的任务都完成了')
})

test('what cannot be asked says nothing', async () => {
  answers({ [TASK]: reply(404, { code: 'not_found', title: '没有找到。' }) })
  const page = await show()
  expect(page.text()).toBe('')
})
