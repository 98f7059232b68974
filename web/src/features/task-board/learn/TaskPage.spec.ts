import { beforeEach, expect, test, vi } from 'vitest'
import { live, type ChannelListener } from '@/shared/live/socket'
import { all, deviceDb, type OutboxItem } from '@/shared/outbox/db'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import TaskPage from './TaskPage.vue'
import { PATH, task, unsigned, WITHDRAWN } from './testTask'
import { taskOf, weekOf } from './testWeek'

const listeners: ChannelListener[] = []
vi.spyOn(live, 'subscribe').mockImplementation((_channel, joined) => {
  listeners.push(joined)
  return () => undefined
})

beforeEach(async () => {
  for (const store of ['outbox', 'drafts', 'kept'] as const) await (await deviceDb()).clear(store)
})

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
  answers({ [PATH]: task({ phase: 'closed', state: 'missed' }) })
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

test('a playback whose place another device has taken stops and says so', async () => {
  const made = answers({
    [PATH]: task({ kind: 'watch', ref_id: 'vid_1' }),
    'GET /api/v1/micro-videos/vid_1/playback': {
      id: 'vid_1',
      url: '/blob/blb_1',
      bytes: 9,
      length_ms: 80_200,
    },
    'POST /api/v1/tasks/tsk_1/playbacks': { id: 'pbk_1' },
  })
  const opened = () => made.filter(({ path }) => path === '/api/v1/tasks/tsk_1/playbacks')
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  const video = page.get('video')
  const pause = vi.spyOn(video.element, 'pause').mockImplementation(() => undefined)
  await video.trigger('playing')
  await settle()
  const told = (playback_id: string, is_ended: boolean) => {
    const item = { thread: 'task:tsk_1', body: { playback_id, records: [] }, answer: { is_ended } }
    useOutbox().arrived = [item as unknown as OutboxItem]
    return settle()
  }
  await told('pbk_1', false)
  await told('pbk_0', true)
  expect(pause).not.toHaveBeenCalled()
  await told('pbk_1', true)
  expect(pause).toHaveBeenCalledOnce()
  expect(page.get('[role=status]').text()).toContain('另一台设备或窗口正在播放')
  await video.trigger('playing')
  await settle()
  expect(opened()).toHaveLength(2)
  expect(page.text()).not.toContain('另一台设备')
})

const AFTER = 'GET /api/v1/classes/cls_1/this-week'

test('a task that is done offers what comes next, with its minutes', async () => {
  const next = taskOf('tsk_2', { title: '看：一天', minutes: 7 })
  const earlier = taskOf('tsk_0', { week: 2, state: 'late', title: '补：上一周' })
  const week = weekOf([taskOf('tsk_1', { state: 'done' }), next], {
    make_up: [earlier],
    next: { kind: 'task', task_id: 'tsk_2' },
  })
  for (const state of ['done', 'awaiting_review'] as const) {
    answers({ [PATH]: task({ state }), [AFTER]: week })
    const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
    await expect.poll(() => page.text()).toContain('看：一天 约 7 分钟')
    expect(page.findAll('.primary').map((way) => way.attributes('href'))).toEqual(['/task-board.task/tsk_2'])
    page.unmount()
  }
  answers({ [PATH]: task({ state: 'done' }), [AFTER]: { ...week, next: { kind: 'task', task_id: 'tsk_0' } } })
  const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
  await expect.poll(() => page.text()).toContain('补：上一周')
})

test('a failed test that is not taken any more promises nothing, and says what comes next', async () => {
  const week = weekOf([taskOf('tsk_2', { title: '看：一天', minutes: 7 })], {
    next: { kind: 'task', task_id: 'tsk_2' },
  })
  const result = { score: 3166, minimum: 60 }
  for (const [rest, words] of [
    [{ test: { ...result, attempts_left: 0 } }, '次数已经用完'],
    [{ test: { ...result, attempts_left: 2 }, phase: 'closed' }, '最好成绩 31.66 分，要求 60 分。'],
  ] as const) {
    const failed = task({ kind: 'test', ref_id: 'pap_1', state: 'below_minimum', is_asked: false, ...rest })
    answers({ [PATH]: failed, [AFTER]: week })
    const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
    await expect.poll(() => page.text()).toContain('看：一天 约 7 分钟')
    expect(page.text()).toContain(words)
    expect(page.text()).not.toContain('还可以做')
    expect(page.text()).toContain('看我的测试')
    expect(page.findAll('.primary').map((way) => way.attributes('href'))).toEqual(['/task-board.task/tsk_2'])
    page.unmount()
  }
})

test('a task says what is out of the ordinary: sent back, late, below what is asked for', async () => {
  const ends_at = '2026-11-24T16:00:00Z'
  for (const [rest, words] of [
    [{ state: 'returned', ends_at }, '最晚 2026年11月24日 24:00 交'],
    [{ state: 'late', phase: 'late', ends_at }, '可补交到 2026年11月24日 24:00'],
    [
      {
        kind: 'test',
        ref_id: 'pap_1',
        state: 'below_minimum',
        test: { score: 3166, minimum: 60, attempts_left: 2 },
      },
      '最好成绩 31.66 分，要求 60 分。 还可以做 2 次。',
    ],
  ] as const) {
    answers({ [PATH]: task(rest) })
    const page = await showPage(TaskPage, { props: { taskId: 'tsk_1' } })
    expect(page.text()).toContain(words)
    page.unmount()
  }
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
