import { beforeEach, expect, test } from 'vitest'
import { all, deviceDb } from '@/shared/outbox/db'
import { answers, reply, showPage, wang } from '@/shared/testing/page'
import TaskPage from './TaskPage.vue'
import { PATH, task, unsigned, WITHDRAWN } from './testTask'

beforeEach(async () => {
  for (const store of ['outbox', 'drafts', 'kept'] as const) await (await deviceDb()).clear(store)
})

const NOTHING = {
  id: null,
  draft: '',
  version: 0,
  saved_at: null,
  body: null,
  submitted_at: null,
  closed_at: null,
  hand_ins_left: 20,
}
const HANDED_IN = {
  ...NOTHING,
  id: 'ref_1',
  version: 2,
  saved_at: new Date(Date.now() - 1000).toISOString(),
  body: '交上去的反思，说的是一个孩子。',
  draft: '交上去的反思，说的是一个孩子。',
  submitted_at: new Date(Date.now() - 86_400_000 * 2).toISOString(),
}
const REFLECTION = 'GET /api/v1/tasks/tsk_1/reflection'
const REVIEWS = 'GET /api/v1/tasks/tsk_1/reviews'
const review = (rest: object) => ({
  id: 'rev_1',
  work_id: 'ref_1',
  state: 'returned',
  version: 1,
  reviewer: { id: 'per_li', name: '李老师' },
  hand_in: 1,
  criteria: [],
  levels: {},
  comment: '请写一写那个孩子后来怎样了。',
  points: null,
  most: 10_000,
  saved_at: '2026-11-20T10:00:00Z',
  finished_at: '2026-11-20T10:00:00Z',
  ...rest,
})
const times = (text: string, words: string) => text.split(words).length - 1

test('a reflection handed in without a network is there again, and its correction takes its place', async () => {
  answers({ [PATH]: task({ kind: 'reflect' }), 'GET /api/v1/tasks/tsk_1/reflection': NOTHING })
  const first = '今天我看见一个孩子自己找到了办法。'
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await page.get('textarea').setValue(first)
  await page.get('form').trigger('submit')
  const waiting = async () => (await all('outbox', wang.person.id)).map(({ body }) => body)
  await expect.poll(waiting).toEqual([{ body: first, based_on: 0 }])
  page.unmount()
  const again = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => again.get('textarea').element.value).toBe(first)
  await again.get('textarea').setValue(`${first}后来他教了同桌。`)
  await again.get('form').trigger('submit')
  await expect.poll(waiting).toEqual([{ body: `${first}后来他教了同桌。`, based_on: 0 }])
})

test('a reflection that nobody may write now is its questions alone', async () => {
  answers({
    [PATH]: task({ kind: 'reflect', phase: 'closed', prompts: ['哪个孩子让您改变了看法？'] }),
    [REFLECTION]: reply(404, { code: 'not_found', title: '没有找到。' }),
  })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => page.text()).toContain('哪个孩子让您改变了看法')
  expect(page.text()).not.toContain('没有找到')
  expect(page.find('form').exists()).toBe(false)
})

test('a reflection that is too short is not sent; a long enough one is handed in', async () => {
  const made = answers({
    [PATH]: task({ kind: 'reflect', prompts: ['哪个孩子让您改变了看法？'] }),
    'GET /api/v1/tasks/tsk_1/reflection': NOTHING,
    'POST /api/v1/tasks/tsk_1/reflection/hand-in': { ...NOTHING, version: 1 },
  })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  expect(page.text()).toContain('哪个孩子让您改变了看法')
  await page.get('textarea').setValue('太短')
  await page.get('form').trigger('submit')
  expect(page.get('textarea').attributes('aria-invalid')).toBe('true')
  expect(made.filter(({ method }) => method === 'POST')).toHaveLength(0)
  const body = '今天我看见一个孩子自己找到了办法。'
  await page.get('textarea').setValue(body)
  await page.get('form').trigger('submit')
  await expect.poll(() => made.find(({ method }) => method === 'POST')?.body).toEqual({ body, based_on: 0 })
})

test('a reflection that was sent back says why, leads to all that was said, and does not call itself unread', async () => {
  answers({
    [PATH]: task({ kind: 'reflect', state: 'returned' }),
    [REFLECTION]: HANDED_IN,
    [REVIEWS]: [review({})],
  })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => page.text()).toContain('请写一写那个孩子后来怎样了。')
  expect(page.text()).toContain('李老师 的评语')
  // Before what the task asks for.
  expect(page.text().indexOf('后来怎样了')).toBeLessThan(page.text().indexOf('慢慢读一遍'))
  expect(page.find('a[href="/learn/tasks/tsk_1/reviews"]').exists()).toBe(true)
  expect(page.text()).not.toContain('批阅前还可以修改')
  expect(page.text()).toContain('改好以后再次提交')
})

test('a graded reflection shows its points and what was said; saved words that came later stand beside it', async () => {
  answers({
    [PATH]: task({ kind: 'reflect', state: 'done' }),
    [REFLECTION]: { ...HANDED_IN, draft: '后来又想到的。', closed_at: '2026-11-21T10:00:00Z' },
    [REVIEWS]: [review({ state: 'graded', points: 8500, comment: '写得真切。' })],
  })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => page.text()).toContain('写得真切。')
  expect(page.text()).toContain('85 / 100 分')
  expect(page.find('a[href="/learn/tasks/tsk_1/reviews"]').exists()).toBe(true)
  expect(page.find('textarea').exists()).toBe(false)
  expect(times(page.text(), HANDED_IN.body)).toBe(1)
  expect(times(page.text(), '后来又想到的。')).toBe(1)
  expect(page.text()).toContain('已经保存，没有提交')
})

test('a reflection that nobody has reviewed asks for no reviews', async () => {
  const made = answers({ [PATH]: task({ kind: 'reflect' }), [REFLECTION]: NOTHING })
  await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  expect(made.map(({ path }) => path)).not.toContain('/api/v1/tasks/tsk_1/reviews')
})

test('a withdrawn reflection shows what was handed in and what was saved, and takes nothing', async () => {
  answers({
    [PATH]: task({ kind: 'reflect', ...WITHDRAWN }),
    [REFLECTION]: { ...HANDED_IN, draft: '后来又想到的。' },
  })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => page.text()).toContain(HANDED_IN.body)
  expect(page.text()).toContain('后来又想到的。')
  expect(page.find('textarea').exists()).toBe(false)
})

test('while a hand-in was refused, nothing says that the text above is saved or handed in', async () => {
  answers({ [PATH]: task({ kind: 'reflect' }), [REFLECTION]: HANDED_IN })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => page.text()).toContain('批阅前还可以修改')
  await page.get('textarea').setValue('没有网的时候改过的反思。')
  answers({
    [PATH]: task({ kind: 'reflect' }),
    [REFLECTION]: HANDED_IN,
    'POST /api/v1/tasks/tsk_1/reflection/hand-in': unsigned,
  })
  await page.get('form').trigger('submit')
  await expect.poll(() => page.text()).toContain('提交没有成功')
  expect(page.get('textarea').element.value).toBe('没有网的时候改过的反思。')
  expect(page.text()).not.toContain('已保存')
  expect(page.text()).not.toContain('批阅前还可以修改')
})

test('a reflection refused because it was graded meanwhile is read and copied, and nothing that cannot succeed is offered', async () => {
  const table: Record<string, unknown> = { [PATH]: task({ kind: 'reflect' }), [REFLECTION]: HANDED_IN }
  answers(table)
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => page.find('textarea').exists()).toBe(true)
  await page.get('textarea').setValue('没有网的时候改过的反思。')
  table[REFLECTION] = { ...HANDED_IN, closed_at: '2026-11-21T10:00:00Z' }
  table['POST /api/v1/tasks/tsk_1/reflection/hand-in'] = reply(409, {
    code: 'task_board.reflection_closed',
    title: '这篇反思已经批阅，不能再改。',
  })
  await page.get('form').trigger('submit')
  await expect.poll(() => page.text()).toContain('这篇反思已经批阅，不能再改。')
  await expect.poll(() => page.find('textarea').exists()).toBe(false)
  expect(times(page.text(), '没有网的时候改过的反思。')).toBe(1)
  expect(times(page.text(), HANDED_IN.body)).toBe(1)
  const words = page.findAll('button').map((one) => one.text())
  expect(words).toContain('复制')
  expect(words).not.toContain('改好再提交')
  expect(words).not.toContain('重试')
})
