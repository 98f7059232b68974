import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import PublishPage from './PublishPage.vue'

const list = (week: number, state: 'draft' | 'ready', published_at: string | null = null) => ({
  id: `lst_${week}`,
  week,
  goal: `目标 ${week}`,
  goal_en: '',
  state,
  version: 1,
  tasks: 5,
  minutes: 90,
  classes: published_at ? 1 : 0,
  published_at,
})
const around = {
  'GET /api/v1/my/classes': { items: [] },
  'GET /api/v1/trainings': { items: [], next: null },
}

test('the week that is due is suggested, and published with its announcement', async () => {
  const made = answers({
    ...around,
    'GET /api/v1/classes/cls_1/task-lists': {
      items: [list(1, 'ready', '2026-11-02T00:00:00Z'), list(2, 'ready'), list(3, 'draft')],
    },
    'POST /api/v1/classes/cls_1/announcements': {},
  })
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  expect((page.get('input').element as HTMLInputElement).value).toBe('第 2 周任务已发布')
  expect(page.get('button[type="submit"]').text()).toBe('发布公告和第 2 周任务')
  await page.get('textarea').setValue('这周练动静搭配。')
  await page.get('form').trigger('submit')
  await settle()
  expect(made.find((request) => request.method === 'POST')?.body).toEqual({
    list_id: 'lst_2',
    title: '第 2 周任务已发布',
    body: '这周练动静搭配。',
  })
  // Nothing is suggested again: a second press would tell the class twice.
  expect(page.get('button[type="submit"]').text()).toBe('发布公告')
})

test('where no week waits, an announcement alone remains and the reason is said', async () => {
  answers({ ...around, 'GET /api/v1/classes/cls_1/task-lists': { items: [list(1, 'draft')] } })
  const page = await showPage(PublishPage, { props: { classId: 'cls_1' } })
  expect(page.text()).toContain('没有待发布的任务单')
  expect(page.get('button[type="submit"]').text()).toBe('发布公告')
})
