import type { QueryClient } from '@tanstack/vue-query'
import { afterEach, expect, test, vi } from 'vitest'
import { live, type ChannelListener } from '@/shared/live/socket'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import type { Schema } from '@/shared/api'
import MessagesPage from './learn/MessagesPage.vue'
import OfficeNoticesPage from './office/OfficeNoticesPage.vue'

const admitted: Schema<'PersonNoticeView'> = {
  id: 'ntc_1',
  at: '2026-11-01T01:00:00Z',
  read: true,
  link: '/learn',
  kind: 'admitted',
  text: '您已被“复式教学”录取',
  text_en: 'You are admitted to “复式教学”',
}
const published: Schema<'PersonNoticeView'> = {
  id: 'ntc_2',
  at: '2026-11-02T01:00:00Z',
  read: false,
  link: '/learn',
  kind: 'list_published',
  text: '“复式教学”第 3 周任务单已发布',
  text_en: 'The tasks of week 3 of “复式教学” are published',
}

let listener: ChannelListener | undefined
vi.spyOn(live, 'subscribe').mockImplementation((_channel, joined) => {
  listener = joined
  return () => undefined
})

afterEach(() => {
  document.body.innerHTML = ''
})

test('notices are told in words, unread first, and opening one marks it as read', async () => {
  const made = answers({
    'GET /api/v1/notices': { items: [admitted, published] },
    'POST /api/v1/notices/ntc_2/read': reply(204),
  })
  const page = await showPage(MessagesPage)
  const rows = page.findAll('li')
  expect(rows.map((row) => row.text())).toEqual([
    expect.stringContaining('“复式教学”第 3 周任务单已发布'),
    expect.stringContaining('您已被“复式教学”录取'),
  ])
  expect(rows[0]?.text()).toContain('未读')
  expect(rows[1]?.text()).not.toContain('未读')
  expect(live.subscribe).toHaveBeenCalledWith('person:per_wang', expect.anything())

  const client = page.vm.$.appContext.provides.VUE_QUERY_CLIENT as QueryClient
  client.setQueryData(['assessment', 'reviews', 'tsk_1'], [])
  await rows[1]?.get('a').trigger('click')
  await rows[0]?.get('a').trigger('click')
  await settle()
  // A review that was read a moment ago is asked for again where the notice leads to.
  expect(client.getQueryState(['assessment', 'reviews', 'tsk_1'])?.isInvalidated).toBe(true)
  expect(made.filter((request) => request.method === 'POST').map((request) => request.path)).toEqual([
    '/api/v1/notices/ntc_2/read',
  ])
})

test('all are marked at once, and a new one appears by itself', async () => {
  let items: Schema<'PersonNoticeView'>[] = [published]
  const made = answers({
    'GET /api/v1/notices': () => ({ items }),
    'POST /api/v1/notices/read-all': () => {
      items = [{ ...published, read: true }]
      return reply(204)
    },
  })
  const page = await showPage(OfficeNoticesPage, { language: 'en' })
  await page.get('button').trigger('click')
  await settle()
  expect(made.some((request) => request.path === '/api/v1/notices/read-all')).toBe(true)
  expect(page.text()).not.toContain('Unread')

  items = [
    ...items,
    { ...published, id: 'ntc_3', kind: 'moon_rose', text_en: 'Your question “分组” has an answer' },
  ]
  listener?.onEvent?.({ channel: 'person:per_wang', number: 2, kind: 'notice_added', data: {} })
  await settle()
  expect(page.text()).toContain('Your question “分组” has an answer')
})

test('nobody has anything to say yet', async () => {
  answers({ 'GET /api/v1/notices': { items: [] } })
  const page = await showPage(MessagesPage)
  expect(page.text()).toContain('没有通知')
  expect(page.find('button').exists()).toBe(false)
})

test('without a network the page says so and offers to try again', async () => {
  answers({})
  const page = await showPage(MessagesPage)
  expect(page.find('[role="alert"]').exists()).toBe(true)
})
