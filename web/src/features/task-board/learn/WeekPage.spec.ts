import { beforeEach, expect, test, vi } from 'vitest'
import { live, type ChannelListener } from '@/shared/live/socket'
import { deviceDb } from '@/shared/outbox/db'
import { put } from '@/shared/outbox/outbox'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { writing } from '@/shared/outbox/writing'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import { taskOf, weekOf } from './testWeek'
import WeekPage from './WeekPage.vue'

const PATH = 'GET /api/v1/classes/cls_1/this-week'

beforeEach(async () => (await deviceDb()).clear('outbox'))

test('the week shows the goal, the ring, the deadline in words and one next step', async () => {
  const tasks = [
    taskOf('tsk_1', { state: 'done' }),
    taskOf('tsk_2', { kind: 'watch', title: '看：一天', video_bytes: 9_000_000, minutes: 7 }),
  ]
  answers({ [PATH]: weekOf(tasks, { next: { kind: 'task', task_id: 'tsk_2' } }) })
  const page = await showPage(WeekPage)
  expect(page.get('h1').text()).toBe('第 3 周')
  expect(page.text()).toContain('看清我的课堂')
  expect(page.text()).toContain('还剩 2 天')
  expect(page.get('[role=img]').attributes('aria-label')).toBe('2 个任务完成了 1 个')
  expect(page.findAll('.primary')).toHaveLength(1)
  expect(page.get('.primary').attributes('href')).toContain('tsk_2')
  expect(page.text()).toContain('9 MB')
})

test('the week says what it takes, until what hour, and never ticks what came back or fell short', async () => {
  const ends_at = '2026-11-24T16:00:00Z'
  const tasks = [
    taskOf('tsk_1', { state: 'awaiting_review', minutes: 30 }),
    taskOf('tsk_2', { state: 'returned', minutes: 25, ends_at }),
    taskOf('tsk_3', {
      kind: 'test',
      state: 'below_minimum',
      minutes: 15,
      test: { score: 3166, minimum: 60, attempts_left: 1 },
    }),
  ]
  answers({
    [PATH]: weekOf(tasks, { next: { kind: 'task', task_id: 'tsk_2' }, closes_at: '2026-11-22T16:00:00Z' }),
  })
  const page = await showPage(WeekPage)
  expect(page.text()).toContain('2026年11月22日 24:00 截止')
  expect(page.text()).toContain('共约 70 分钟，还剩约 40 分钟')
  expect(page.get('[role=img]').attributes('aria-label')).toBe('3 个任务完成了 1 个')
  for (const words of ['已交，待评阅', '已退回，请修改', '最晚 2026年11月24日 24:00 交', '未达要求'])
    expect(page.text()).toContain(words)
  expect(page.get('.primary').text()).toBe('去修改')
  expect(page.text()).not.toContain('都完成了')
})

test('what falls short is tried again, and what is used up does not count as done', async () => {
  const test = { score: 3166, minimum: 60, attempts_left: 1 }
  const short = taskOf('tsk_1', { kind: 'test', state: 'below_minimum', test })
  answers({ [PATH]: weekOf([short], { next: { kind: 'task', task_id: 'tsk_1' } }) })
  const page = await showPage(WeekPage)
  expect(page.text()).toContain('最好成绩 31.66 分，要求 60 分。 还可以做 1 次。')
  expect(page.get('.primary').text()).toBe('再做一次')
  page.unmount()
  answers({ [PATH]: weekOf([{ ...short, is_asked: false }], { next: { kind: 'rest' } }) })
  const used = await showPage(WeekPage)
  expect(used.text()).toContain('现在没有要做的了')
  expect(used.text()).not.toContain('都完成了')
})

test('what can still be made up of earlier weeks has a card, and may come first', async () => {
  const earlier = taskOf('tsk_0', {
    week: 2,
    state: 'late',
    title: '读：上一周',
    ends_at: '2026-11-22T16:00:00Z',
  })
  answers({
    [PATH]: weekOf([taskOf('tsk_1')], { make_up: [earlier], next: { kind: 'task', task_id: 'tsk_0' } }),
  })
  const page = await showPage(WeekPage)
  expect(page.text()).toContain('还可以补做的')
  expect(page.text()).toContain('第 2 周 · 读 · 约 10 分钟 · 可补交到 2026年11月22日 24:00')
  expect(page.get('.primary').text()).toBe('去补做')
  expect(page.get('.primary').attributes('href')).toContain('tsk_0')
})

test('claiming is kept on the device and sent under one key', async () => {
  const unclaimed = weekOf([taskOf('tsk_1', { state: 'waiting' })], { next: { kind: 'claim' } })
  const made = answers({ [PATH]: unclaimed })
  const page = await showPage(WeekPage)
  await page.get('.primary').trigger('click')
  await settle()
  await expect.poll(() => page.text()).toContain('领取已存在本机')
  await expect.poll(() => made.some(({ path }) => path === '/api/v1/task-lists/lst_1/claim')).toBe(true)
})

test.each([
  [false, '已存在本机'],
  [true, '等待发送'],
])(
  'what was done for a task and has not arrived is said in its row (online: %s)',
  async (isOnline, words) => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)
    const tasks = [taskOf('tsk_1', { kind: 'assignment' }), taskOf('tsk_2', { kind: 'discuss' })]
    answers({ [PATH]: weekOf(tasks) })
    const page = await showPage(WeekPage)
    for (const task_id of ['tsk_1', 'tsk_2'])
      await put(wang.person.id, {
        ...writing('POST', '/api/v1/tasks/{task_id}/read', { task_id }),
        thread: `task:${task_id}`,
        label: task_id,
      })
    await useOutbox().refresh()
    await settle()
    expect(page.findAll('li').filter((row) => row.text().includes(words))).toHaveLength(2)
    vi.restoreAllMocks()
  },
)

test('before the charter is signed, tasks lead nowhere and the charter is the next step', async () => {
  answers({
    [PATH]: weekOf([taskOf('tsk_1', { state: 'waiting' })], {
      is_signed: false,
      next: { kind: 'sign_charter' },
    }),
  })
  const page = await showPage(WeekPage)
  expect(page.get('.primary').text()).toBe('去签署')
  expect(page.findAll('a[href*=tsk_1]')).toHaveLength(0)
})

test('nobody is sent to sign a charter that is not settled yet', async () => {
  answers({
    [PATH]: weekOf([taskOf('tsk_1', { state: 'waiting' })], {
      is_signed: false,
      next: { kind: 'sign_charter' },
    }),
    'GET /api/v1/my/classes': { items: [{ class_id: 'cls_1', charter_is_settled: false }] },
  })
  const page = await showPage(WeekPage)
  await settle()
  expect(page.text()).toContain('班级契约还没有定稿')
  expect(page.text()).not.toContain('去签署')
  expect(page.get('a[href="/learn/classes/cls_1"]').text()).toBe('看看草案')
})

test('a week that has not begun can be read, but its tasks lead nowhere yet', async () => {
  answers({ [PATH]: weekOf([taskOf('tsk_1', { state: 'waiting' })], { phase: 'upcoming' }) })
  const page = await showPage(WeekPage)
  expect(page.text()).toContain('读：tsk_1')
  expect(page.text()).toContain('2026年11月16日')
  expect(page.findAll('a[href*=tsk_1]')).toHaveLength(0)
})

test('a week without a list says what will happen', async () => {
  answers({ [PATH]: weekOf([], { list: null }) })
  const page = await showPage(WeekPage)
  expect(page.text()).toContain('这一周的任务还没有发布')
  expect(page.find('.primary').exists()).toBe(false)
})

test('a week that is over and had no list promises none', async () => {
  answers({ [PATH]: weekOf([], { list: null, phase: 'closed' }) })
  const page = await showPage(WeekPage)
  expect(page.text()).toContain('这一周没有发布任务')
  expect(page.text()).not.toMatch(/还没有发布|助教发布后/)
})

test('who learns in no class is told so without asking the server', async () => {
  const made = answers({})
  const { wang } = await import('@/shared/testing/page')
  const page = await showPage(WeekPage, { me: { ...wang, grants: [] } })
  expect(page.text()).toContain('您还没有进入任何班级')
  expect(made).toHaveLength(0)
})

test('without a network the page says so and offers to try again', async () => {
  answers({})
  const page = await showPage(WeekPage, { language: 'en' })
  expect(page.find('[role=alert]').exists()).toBe(true)
})

test('a class whose training has ended is not offered beside one that is under way', async () => {
  const grants = wang.grants.flatMap((grant) => [grant, { ...grant, id: 'grt_2', scope_id: 'cls_2' }])
  const known = (class_id: string, training_state: string) => ({ class_id, training_state, name: class_id })
  answers({
    [PATH]: weekOf([], { list: null }),
    'GET /api/v1/my/classes': { items: [known('cls_1', 'running'), known('cls_2', 'closed')] },
  })
  const page = await showPage(WeekPage, { me: { ...wang, grants } })
  await settle()
  expect(page.text()).toContain('这一周的任务还没有发布')
  expect(page.find('select').exists()).toBe(false)
})

test('an address that names a class whose training has ended opens that class', async () => {
  const grants = wang.grants.flatMap((grant) => [grant, { ...grant, id: 'grt_2', scope_id: 'cls_2' }])
  const known = (class_id: string, training_state: string) => ({ class_id, training_state, name: class_id })
  answers({
    [PATH]: weekOf([], { list: null }),
    'GET /api/v1/classes/cls_2/this-week': weekOf([taskOf('tsk_9')]),
    'GET /api/v1/my/classes': { items: [known('cls_1', 'running'), known('cls_2', 'closed')] },
  })
  const page = await showPage(WeekPage, { me: { ...wang, grants }, at: '/?class=cls_2' })
  await expect.poll(() => page.text()).toContain('读：tsk_9')
})

test('a correction and a publication show on an open week at once, and what came by another way too', async () => {
  const heard: Record<string, ChannelListener> = {}
  vi.spyOn(live, 'subscribe').mockImplementation((channel, joined) => {
    heard[channel] = joined
    return () => undefined
  })
  const table: Record<string, unknown> = { [PATH]: weekOf([], { list: null }) }
  const made = answers(table)
  const page = await showPage(WeekPage)
  await expect.poll(() => heard['class:cls_1']).toBeDefined()
  const tell = async (kind: string, week: unknown) => {
    table[PATH] = week
    heard['class:cls_1']?.onEvent?.({ channel: 'class:cls_1', number: 1, kind, data: {} })
    await settle()
  }
  await tell('announcement_added', weekOf([taskOf('tsk_1')]))
  expect(page.text()).toContain('读：tsk_1')
  const correction = { made_as: 'changed', note: '链接错了', made_at: '2026-11-17T00:00:00Z' } as const
  await tell('list_corrected', weekOf([taskOf('tsk_1', { title: '读：三本账', correction })]))
  expect(page.text()).toContain('读：三本账')
  expect(page.text()).toContain('有更正')
  const before = made.length
  await tell('post_added', weekOf([]))
  expect(made).toHaveLength(before)
  heard['class:cls_1']?.onResync?.()
  await settle()
  expect(made.length).toBeGreaterThan(before)
})

test.each([
  { next: { kind: 'rest' as const }, said: '已过截止时间', late: false },
  { next: { kind: 'task' as const, task_id: 'tsk_1' }, said: '仍可补交', late: true },
])('a week that is over warns only of what is still to do: $said', async ({ next, said, late }) => {
  const state = late ? ('claimed' as const) : ('done' as const)
  answers({ [PATH]: weekOf([taskOf('tsk_1', { state })], { phase: 'late', next }) })
  const page = await showPage(WeekPage)
  const deadline = page.get('.head p:last-child')
  expect(deadline.text()).toContain(said)
  expect(deadline.text().includes('补交')).toBe(late)
  expect(deadline.classes('late')).toBe(late)
})

test('a training that is over asks for no signature, promises no list, and its tasks can be read', async () => {
  const over = { is_signed: false, phase: 'closed', next: { kind: 'closed' } } as const
  answers({ [PATH]: weekOf([taskOf('tsk_1')], over) })
  const page = await showPage(WeekPage)
  expect(page.text()).toContain('这一周已经结束')
  expect(page.text()).not.toContain('签署')
  expect(page.findAll('a[href*=tsk_1]')).toHaveLength(1)
  page.unmount()
  answers({ [PATH]: weekOf([], { ...over, list: null }) })
  const empty = await showPage(WeekPage)
  expect(empty.text()).toContain('这一周已经结束')
  expect(empty.text()).not.toContain('还没有发布')
})
