import { afterEach, expect, test, vi } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import ReviewForm from './ReviewForm.vue'

const at = '2026-11-03T01:00:00Z'
const work = {
  work_kind: 'assignment',
  work_id: 'sub_1',
  class_id: 'cls_1',
  task_id: 'tsk_1',
  learner: { id: 'per_1', name: '王秀兰' },
  week: 2,
  title: '复式教案',
  title_en: '',
  brief_html: '',
  body: '一年级动',
  file: null,
  hand_in: 2,
  submitted_at: at,
  graded: false,
  returned: false,
  rubric: {
    id: 'rub_1',
    work_kind: 'assignment',
    title: '作业评分',
    title_en: '',
    is_default: true,
    most: 2500,
    criteria: [
      {
        key: 'real',
        title: '真实具体',
        levels: [
          { key: 'a', title: '写的是自己的班', points: 25 },
          { key: 'b', title: '含糊', points: 20 },
        ],
      },
    ],
  },
  draft: null,
  reviews: [],
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a review is saved on the way and finished with one key', async () => {
  const made = answers({
    'PUT /api/v1/submissions/sub_1/review': work,
    'POST /api/v1/submissions/sub_1/review/finish': reply(204),
  })
  const page = await showPage(ReviewForm, { props: { work } })
  await page.find('input[value="b"]').setValue()
  expect(page.text()).toContain('合计 20 / 25 分')
  await vi.waitFor(() => expect(made.some((request) => request.method === 'PUT')).toBe(true), 3000)
  expect(made[0]?.body).toMatchObject({ levels: { real: 'b' }, hand_in: 2 })

  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }))
  await settle()
  await vi.waitFor(() => expect(page.emitted('decided')).toEqual([['grade.done']]))
  expect(made.find((request) => request.method === 'POST')?.body).toMatchObject({ decision: 'grade' })
})

test('work that was handed in again is shown before it is judged', async () => {
  answers({
    'POST /api/v1/submissions/sub_1/review/finish': reply(409, {
      code: 'review.work_changed',
      title: '学员刚刚重新提交了',
    }),
  })
  const page = await showPage(ReviewForm, { props: { work } })
  await page.find('form').trigger('submit')
  await vi.waitFor(() => expect(page.text()).toContain('看新提交的内容'))
})

test('what is not judged yet gets the focus', async () => {
  answers({
    'POST /api/v1/submissions/sub_1/review/finish': reply(422, {
      code: 'review.unjudged',
      title: '还有没评的',
      errors: [{ pointer: '/levels/real', code: 'required', detail: '请选一个等级。' }],
    }),
  })
  const page = await showPage(ReviewForm, { props: { work } })
  await page.get('form').trigger('submit')
  await settle()
  expect((document.activeElement as HTMLInputElement).type).toBe('radio')
})
