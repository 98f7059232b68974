import { beforeEach, expect, test, vi } from 'vitest'
import type { Schema } from '@/shared/api'
import { live, type ChannelListener } from '@/shared/live/socket'
import { all, deviceDb } from '@/shared/outbox/db'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import TaskPage from './TaskPage.vue'

const listeners: ChannelListener[] = []
vi.spyOn(live, 'subscribe').mockImplementation((_channel, joined) => {
  listeners.push(joined)
  return () => undefined
})

beforeEach(async () => {
  for (const store of ['outbox', 'drafts', 'kept'] as const) await (await deviceDb()).clear(store)
})

const PATH = 'GET /api/v1/tasks/tsk_1'

function task(rest: Partial<Schema<'TaskView'>>): Schema<'TaskView'> {
  return {
    id: 'tsk_1',
    list_id: 'lst_1',
    class_id: 'cls_1',
    week: 3,
    kind: 'read',
    title: '读：三本账',
    title_en: '',
    minutes: 10,
    required: true,
    steps: ['慢慢读一遍。', '停一下，估一估自己的数。'],
    prompts: [],
    body_html: '<p>一天是怎样<strong>用掉</strong>的</p>',
    least_chars: 10,
    most_chars: 200,
    time_zone: 'Asia/Shanghai',
    phase: 'open',
    closes_at: new Date(Date.now() + 86_400_000 * 3).toISOString(),
    ends_at: new Date(Date.now() + 86_400_000 * 10).toISOString(),
    state: 'claimed',
    is_late: false,
    credited_ms: 0,
    covered: [],
    is_withdrawn: false,
    ...rest,
  }
}

test('a text is opened, read and finished, in this order', async () => {
  const made = answers({
    [PATH]: task({}),
    'POST /api/v1/tasks/tsk_1/start': null,
    'POST /api/v1/tasks/tsk_1/read': null,
  })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  expect(page.get('.prose').html()).toContain('<strong>用掉</strong>')
  expect(page.findAll('ol li')).toHaveLength(2)
  await page.get('.primary').trigger('click')
  await settle()
  // Where tabs cannot lock each other out, a writing may leave twice, under one key.
  const posts = () => {
    const sent = made.filter(({ method }) => method === 'POST')
    return [...new Map(sent.map(({ headers, path }) => [headers.get('Idempotency-Key'), path])).values()]
  }
  await expect.poll(posts).toEqual(['/api/v1/tasks/tsk_1/start', '/api/v1/tasks/tsk_1/read'])
})

test('without a network a text is finished once: what waits is said, and there is nothing to press', async () => {
  answers({ [PATH]: task({}) })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  const waiting = async () => (await all('outbox', wang.person.id)).map(({ url }) => url)
  // That it was opened waits too, and holds nobody back.
  await expect.poll(waiting).toEqual(['/api/v1/tasks/tsk_1/start'])
  await page.get('.primary').trigger('click')
  await expect.poll(waiting).toEqual(['/api/v1/tasks/tsk_1/start', '/api/v1/tasks/tsk_1/read'])
  await settle()
  expect(page.find('.primary').exists()).toBe(false)
  expect(page.get('[role=status]').text()).toContain('已存在本机')
})

test('an unclaimed task asks to claim first, a closed one only shows', async () => {
  answers({ [PATH]: task({ state: 'waiting' }) })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  expect(page.text()).toContain('先领取这一周的任务')
  expect(page.text()).not.toContain('我读完了')
  page.unmount()
  answers({ [PATH]: task({ phase: 'closed' }) })
  const closed = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  expect(closed.text()).toContain('只能查看')
  expect(closed.find('.primary').exists()).toBe(false)
})

test('a task of a kind that a newer version added says what it says, and has no button', async () => {
  answers({ [PATH]: task({ kind: null }) })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  expect(page.text()).toContain('新形式 · ')
  expect(page.text()).toContain('请稍后刷新')
  expect(page.get('.prose').html()).toContain('<strong>用掉</strong>')
  expect(page.find('.primary').exists()).toBe(false)
})

test('a discussion, a test and an assignment lead to their own pages', async () => {
  for (const [rest, href] of [
    [{ kind: 'discuss' as const }, '/learn/tasks/tsk_1/discussion?class=cls_1'],
    [{ kind: 'test' as const, ref_id: 'pap_1' }, '/learn/tests/pap_1?task=tsk_1'],
    [{ kind: 'assignment' as const }, '/learn/assignments/tsk_1'],
  ] as const) {
    answers({ [PATH]: task(rest) })
    const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
    expect(page.get('.primary').attributes('href')).toBe(href)
    page.unmount()
  }
})

test('a reflection handed in without a network is there again, and its correction takes its place', async () => {
  const empty = {
    id: null,
    draft: '',
    version: 0,
    saved_at: null,
    body: null,
    submitted_at: null,
    closed_at: null,
    hand_ins_left: 20,
  }
  answers({ [PATH]: task({ kind: 'reflect' }), 'GET /api/v1/tasks/tsk_1/reflection': empty })
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

test('a reflection that is too short is not sent; a long enough one is handed in', async () => {
  const empty = {
    id: null,
    draft: '',
    version: 0,
    saved_at: null,
    body: null,
    submitted_at: null,
    closed_at: null,
    hand_ins_left: 20,
  }
  const made = answers({
    [PATH]: task({ kind: 'reflect', prompts: ['哪个孩子让您改变了看法？'] }),
    'GET /api/v1/tasks/tsk_1/reflection': empty,
    'POST /api/v1/tasks/tsk_1/reflection/hand-in': { ...empty, version: 1 },
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

test('a micro-video says what it costs and what was credited before anything is loaded', async () => {
  answers({
    [PATH]: task({ kind: 'watch', ref_id: 'vid_1', credited_ms: 30_000 }),
    'GET /api/v1/micro-videos/vid_1/playback': {
      id: 'vid_1',
      title: '一天',
      url: '/blob/blb_1?exp=1&sig=2',
      bytes: 833_360,
      seconds: 80,
      length_ms: 80_200,
      width: 640,
      height: 360,
      poster_url: null,
      subtitles_url: '/blob/blb_2?exp=1&sig=2',
    },
  })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  expect(page.text()).toContain('播放需要 833 kB')
  expect(page.text()).toContain('已计入 0:30，共 1:20')
  expect(page.get('video').attributes('preload')).toBe('none')
  expect(page.get('track').attributes('src')).toContain('/blob/blb_2')
})

const unsigned = reply(409, {
  code: 'task_board.charter_unsigned',
  title: '请先签署班级契约，任务才会打开。',
  extra: { class_id: 'cls_1' },
})

test('a task that waits for a signature leads to the charter', async () => {
  answers({ [PATH]: unsigned })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  expect(page.get('[role=alert]').text()).toContain('请先签署班级契约')
  expect(page.get('[role=alert] a').attributes('href')).toBe('/learn/classes/cls_1')
})

test('a video that was opened before the charter was settled anew says why it counts no more', async () => {
  answers({
    [PATH]: task({ kind: 'watch', ref_id: 'vid_1' }),
    'GET /api/v1/micro-videos/vid_1/playback': {
      id: 'vid_1',
      url: '/blob/blb_1',
      bytes: 9,
      length_ms: 80_200,
    },
    'POST /api/v1/tasks/tsk_1/playbacks': unsigned,
  })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await page.get('video').trigger('playing')
  await settle()
  expect(page.get('[role=alert] a').attributes('href')).toBe('/learn/classes/cls_1')
  expect(page.find('.uncounted').exists()).toBe(false)
})

test('a video whose kept answer was from before the claim is counted once the fresh one has arrived', async () => {
  listeners.length = 0
  const video = { kind: 'watch', ref_id: 'vid_1' } as const
  const table: Record<string, unknown> = {
    [PATH]: task({ ...video, state: 'waiting' }),
    'GET /api/v1/micro-videos/vid_1/playback': {
      id: 'vid_1',
      url: '/blob/blb_1',
      bytes: 9,
      length_ms: 80_200,
    },
    'POST /api/v1/tasks/tsk_1/playbacks': { id: 'pbk_1' },
  }
  const made = answers(table)
  const opened = () => made.filter(({ path }) => path === '/api/v1/tasks/tsk_1/playbacks')
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  const player = page.get('video').element
  await expect.poll(() => listeners.length).toBe(1)
  table[PATH] = task({ ...video, state: 'claimed' })
  listeners[0]?.onEvent?.({ channel: 'class:cls_1', number: 1, kind: 'list_corrected', data: {} })
  await settle()
  expect(page.text()).not.toContain('先领取这一周的任务')
  // The film goes on where it was, and is listened to once.
  expect(page.get('video').element).toBe(player)
  await page.get('video').trigger('playing')
  await settle()
  expect(opened()).toHaveLength(1)
})

test('a correction of the task that is open says what changed', async () => {
  listeners.length = 0
  const table: Record<string, unknown> = { [PATH]: task({}) }
  answers(table)
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => listeners.length).toBe(1)
  table[PATH] = task({
    title: '读：四本账',
    correction: { made_as: 'changed', note: '少写了一本', made_at: '2026-11-17T00:00:00Z' },
  })
  listeners[0]?.onEvent?.({ channel: 'class:cls_1', number: 1, kind: 'list_corrected', data: {} })
  await settle()
  expect(page.get('h1').text()).toBe('读：四本账')
  expect(page.text()).toContain('少写了一本')
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
const WITHDRAWN = {
  is_withdrawn: true,
  correction: { made_as: 'withdrawn', note: '重复了', made_at: '2026-11-17T00:00:00Z' },
} as const
const times = (text: string, words: string) => text.split(words).length - 1

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

test('a withdrawn task leads to what was done for it; one that was never claimed leads nowhere', async () => {
  for (const [kind, ref_id, href] of [
    ['discuss', null, '/learn/tasks/tsk_1/discussion?class=cls_1'],
    ['test', 'pap_1', '/learn/tests/pap_1?task=tsk_1'],
    ['assignment', null, '/learn/assignments/tsk_1'],
  ] as const) {
    answers({ [PATH]: task({ kind, ref_id, ...WITHDRAWN }) })
    const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
    expect(page.find(`a[href="${href}"]`).exists(), kind).toBe(true)
    expect(page.find('.primary').exists()).toBe(false)
    page.unmount()
    answers({ [PATH]: task({ kind, ref_id, state: 'waiting', ...WITHDRAWN }) })
    const unclaimed = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
    expect(unclaimed.find(`a[href="${href}"]`).exists(), kind).toBe(false)
    unclaimed.unmount()
  }
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
