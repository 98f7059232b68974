import { expect, test } from 'vitest'
import { unsent } from '@/shared/outbox/db'
import { answers, keepDraft, reply, settle, showPage, wang } from '@/shared/testing/page'
import { formOf } from './taskForm'
import TaskEditPage from './TaskEditPage.vue'

const task = { id: 'tsk_1', kind: 'read', title: '读：三本账', steps: [], prompts: [] }
const list = (tasks: unknown[]) => ({ id: 'lst_1', training_id: 'trn_1', version: 3, classes: 1, tasks })

test.each([
  { what: 'deleted', tasks: [] },
  { what: 'taken back', tasks: [{ ...task, correction: { made_as: 'withdrawn', note: '重复' } }] },
])('what was typed of a task that was $what meanwhile stays to be read', async ({ tasks }) => {
  const base = formOf(undefined)
  const kept = { version: 2, value: { ...base, title: '读：四本账' }, base, tried: [] }
  await keepDraft('task:tsk_1', kept)
  answers({ 'GET /api/v1/task-lists/lst_1': list(tasks) })
  const page = await showPage(TaskEditPage, { props: { listId: 'lst_1', taskId: 'tsk_1' } })
  expect(page.find('form').exists()).toBe(false)
  expect(page.text()).toContain('不能再修改')
  await expect.poll(() => page.find('.written').exists()).toBe(true)
  expect(page.get('.written').text()).toContain('读：四本账')
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})

test('when the training is over a task is not written any more', async () => {
  answers({
    'GET /api/v1/task-lists/lst_1': list([task]),
    'GET /api/v1/trainings': { items: [{ id: 'trn_1', title: '复式教学', state: 'closed' }], next: null },
  })
  const page = await showPage(TaskEditPage, { props: { listId: 'lst_1', taskId: 'tsk_1' } })
  await settle()
  expect(page.find('form').exists()).toBe(false)
  expect(page.text()).toContain('培训已经结束')
})

test('that the videos did not come is said, and not that there are none', async () => {
  let videos: unknown = reply(500, { code: 'internal', title: '出了点问题' })
  answers({
    'GET /api/v1/task-lists/lst_1': { ...list([{ ...task, id: 'tsk_2', kind: 'watch' }]), classes: 0 },
    'GET /api/v1/trainings/trn_1/micro-videos': () => videos,
  })
  const page = await showPage(TaskEditPage, { props: { listId: 'lst_1', taskId: 'tsk_2' } })
  await settle()
  expect(page.get('[role=alert]').text()).toContain('出了点问题')
  expect(page.text()).not.toContain('还没有微视频')
  videos = { items: [] }
  await page.get('[role=alert] button').trigger('click')
  await settle()
  expect(page.find('[role=alert]').exists()).toBe(false)
  expect(page.text()).toContain('还没有微视频')
})

test('a task of a kind that a newer version added is not written over', async () => {
  answers({ 'GET /api/v1/task-lists/lst_1': list([{ ...task, kind: null }]) })
  const page = await showPage(TaskEditPage, { props: { listId: 'lst_1', taskId: 'tsk_1' } })
  expect(page.find('form').exists()).toBe(false)
  expect(page.text()).toContain('这是新形式的任务')
})
