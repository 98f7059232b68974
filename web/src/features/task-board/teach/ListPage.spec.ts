import { expect, test, vi } from 'vitest'
import { answers, keepDraft, reply, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import ListPage from './ListPage.vue'

const list = {
  id: 'lst_1',
  training_id: 'trn_1',
  week: 2,
  goal: '认清每一个孩子',
  goal_en: '',
  state: 'ready',
  version: 3,
  classes: 0,
  tasks: [],
}
const as = (role: string) => ({
  ...wang,
  places: ['teach'],
  grants: [{ id: 'gra_1', role, scope_kind: 'training', scope_id: 'trn_1', scope_name: '复式教学' }],
})

async function open(role: string, rest: Partial<typeof list>, language: 'zh-CN' | 'en' = 'zh-CN') {
  answers({
    'GET /api/v1/task-lists/lst_1': { ...list, ...rest },
    'GET /api/v1/my/classes': { items: [] },
    'GET /api/v1/my/trainings': { items: [] },
  })
  const me = as(role) as typeof wang
  return showPage(ListPage, { props: { listId: 'lst_1' }, me, language })
}

test('who may correct a published list reads that they can, an assistant what they can do', async () => {
  expect((await open('expert', { classes: 1 })).text()).toContain('可以更正、补充或撤回任务')
  const read = await open('assistant', { classes: 1 })
  expect(read.text()).not.toContain('可以更正、补充或撤回任务')
  expect(read.text()).toContain('更正由专家来做')
  expect((await open('assistant', { classes: 1 }, 'en')).text()).toContain('Experts correct it')
})

test.each([
  { role: 'assistant', state: 'draft', says: '标为就绪以后' },
  { role: 'assistant', state: 'ready', says: '任务单已就绪' },
  { role: 'expert', state: 'draft', says: '标为就绪' },
])('before anybody has it, $role with a $state list', async ({ role, state, says }) => {
  const page = await open(role, { state })
  expect(page.text()).toContain(says)
  expect(page.text()).not.toContain('已发布')
})

test('a list whose goal is typed and not saved is not given out with the old one', async () => {
  const page = await open('expert', { state: 'draft' })
  const ready = () => page.findAll('button').find((button) => button.text() === '标为就绪')
  expect(ready()?.attributes('disabled')).toBeUndefined()
  await page.get('textarea').setValue('认清每一个孩子的起点')
  expect(ready()?.attributes('disabled')).toBeDefined()
  expect(page.text()).toContain('请先保存目标')
  await page.get('textarea').setValue('认清每一个孩子')
  expect(ready()?.attributes('disabled')).toBeUndefined()
})

const task = (id: string, title: string) => ({
  id,
  title,
  title_en: '',
  kind: 'read',
  minutes: 10,
  required: true,
  steps: [],
  steps_en: [],
  prompts: [],
  prompts_en: [],
  body_html: '',
  body_en_html: '',
})

test('a task of a kind that a newer version added is in the list, and is moved and removed but not edited', async () => {
  const tasks = [{ ...task('tsk_1', '看月亮'), kind: null }] as never[]
  const page = await open('expert', { tasks })
  expect(page.text()).toContain('看月亮')
  expect(page.text()).toContain('新形式 · ')
  expect(page.find('a[href*="tsk_1"]').exists()).toBe(false)
  expect(page.find('button[aria-label="删除 看月亮"]').exists()).toBe(true)
})

test('the reason given for one task is not there when another is withdrawn', async () => {
  const tasks = [task('tsk_1', '读：三本账'), task('tsk_2', '看：一天')]
  const page = await open('expert', { classes: 1, tasks: tasks as never[] })
  const withdraw = async (title: string) => {
    await page.get(`button[aria-label="撤回 ${title}"]`).trigger('click')
    await settle()
    return page.get('dialog form')
  }
  await (await withdraw('读：三本账')).get('input').setValue('与上周的任务重复')
  await page.get('dialog header button').trigger('click')
  asked.value?.answer(true)
  await settle()
  expect((await withdraw('看：一天')).get('input').element.value).toBe('')
})

const conflict = reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' })

/** A colleague changes the list just before the first try. */
async function changedMeanwhile(classes: number, ...writes: string[]) {
  let stored = { ...list, classes, tasks: [task('tsk_1', '读：三本账'), task('tsk_2', '读：四本账')] }
  const write = (request: Request) => {
    if (request.headers.get('If-Match') === '"v4"') return (stored = { ...stored, version: 5 })
    stored = { ...stored, version: 4, goal: '别人写的目标' }
    return conflict
  }
  const made = answers({
    'GET /api/v1/task-lists/lst_1': () => stored,
    'GET /api/v1/my/classes': { items: [] },
    'GET /api/v1/my/trainings': { items: [] },
    ...Object.fromEntries(writes.map((path) => [path, write])),
  })
  const page = await showPage(ListPage, { props: { listId: 'lst_1' }, me: as('expert') as typeof wang })
  const press = async (name: string) => {
    await page
      .findAll('button')
      .find((one) => one.text() === name || one.attributes('aria-label') === name)
      ?.trigger('click')
    await settle()
  }
  const sent = () =>
    made.filter(({ method }) => method !== 'GET').map(({ headers }) => headers.get('If-Match'))
  return { page, press, sent }
}

test('tasks are moved in the list as it is by now, after whoever moves them has seen it', async () => {
  const { page, press, sent } = await changedMeanwhile(0, 'PUT /api/v1/task-lists/lst_1/order')
  await press('下移 读：三本账')
  expect(page.text()).toContain('请重新核对后再决定')
  expect(page.text()).not.toContain('刷新')
  expect(page.get('textarea').element.value).toBe('别人写的目标')
  await press('下移 读：三本账')
  expect(sent()).toEqual(['"v3"', '"v4"'])
  expect(page.text()).not.toContain('请重新核对后再决定')
})

test('a task is removed from the list that the question was about', async () => {
  const { page, press, sent } = await changedMeanwhile(0, 'DELETE /api/v1/tasks/tsk_1')
  await press('删除 读：三本账')
  asked.value?.answer(true)
  await settle()
  expect(page.text()).toContain('请重新核对后再决定')
  await press('删除 读：三本账')
  asked.value?.answer(true)
  await settle()
  expect(sent()).toEqual(['"v3"', '"v4"'])
})

test('why a task is taken back stays where the list changed meanwhile', async () => {
  const { page, press, sent } = await changedMeanwhile(1, 'POST /api/v1/tasks/tsk_1/withdraw')
  await press('撤回 读：三本账')
  await page.get('dialog input').setValue('和上周的重复')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(page.get('dialog form').text()).toContain('请重新核对后再决定')
  expect(page.get<HTMLInputElement>('dialog input').element.value).toBe('和上周的重复')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(sent()).toEqual(['"v3"', '"v4"'])
})

test('what went wrong with an earlier press is not said of the one that worked', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const { page, press } = await changedMeanwhile(0, 'PUT /api/v1/task-lists/lst_1/order')
  await press('删除 读：三本账')
  asked.value?.answer(true)
  await expect.poll(() => page.text()).toContain('连不上服务器')
  vi.setSystemTime(Date.now() + 1000)
  await press('下移 读：三本账')
  vi.setSystemTime(Date.now() + 1000)
  await press('下移 读：三本账')
  expect(page.text()).not.toContain('连不上服务器')
  vi.useRealTimers()
})

test('the focus stays on the button that moves a task while the order is sent', async () => {
  const tasks = ['tsk_1', 'tsk_2', 'tsk_3'].map((id) => task(id, `读：${id}`))
  const page = await open('expert', { tasks: tasks as never[] })
  answers({ 'PUT /api/v1/task-lists/lst_1/order': () => new Promise(() => undefined) })
  const button = page.get<HTMLButtonElement>('button[aria-label="下移 读：tsk_1"]')
  button.element.focus()
  await button.trigger('click')
  await settle()
  expect(button.attributes('aria-busy')).toBe('true')
  expect(button.element.disabled).toBe(false)
  expect(document.activeElement).toBe(button.element)
})

test('an English reader gets the English words where there are some, in the list and in what is asked', async () => {
  const tasks = [
    { ...task('tsk_1', '读：三本账'), title_en: 'Read: three accounts' },
    task('tsk_2', '看：一天'),
  ]
  const words = { classes: 1, tasks: tasks as never[], goal_en: 'Know every child' }
  const read = (await open('assistant', words, 'en')).text()
  expect(read).toContain('Know every child')
  expect(read).toContain('1. Read: three accounts')
  // Nobody has translated this one.
  expect(read).toContain('2. 看：一天')
  const page = await open('expert', words, 'en')
  expect(page.findAll('button[aria-label$="Read: three accounts"]')).toHaveLength(3)
  expect(page.find('button[aria-label*="读：三本账"]').exists()).toBe(false)
})

test('who makes the course no more still reads what they typed of the goal', async () => {
  const { goal, goal_en } = list
  const base = { goal, goal_en, correction: '' }
  await keepDraft('list:lst_1', { version: 3, value: { ...base, goal: '看见每一个孩子' }, base, tried: [] })
  const page = await open('assistant', {})
  await expect.poll(() => page.text()).toContain('看见每一个孩子')
  expect(page.text()).toContain(goal)
})
