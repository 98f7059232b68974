import { expect, test } from 'vitest'
import { all } from '@/shared/outbox/db'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
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

test('a review is saved on the way and finished with one key', async () => {
  const made = answers({
    'PUT /api/v1/submissions/sub_1/review': work,
    'POST /api/v1/submissions/sub_1/review/finish': reply(204),
  })
  const page = await showPage(ReviewForm, { props: { work } })
  await page.find('input[value="b"]').setValue()
  expect(page.text()).toContain('合计 20 / 25 分')
  await expect.poll(() => made.some((request) => request.method === 'PUT')).toBe(true)
  expect(made[0]?.body).toMatchObject({ levels: { real: 'b' }, hand_in: 2 })

  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }))
  await settle()
  await expect.poll(() => page.emitted('decided')).toEqual([['grade.done']])
  expect(made.find((request) => request.method === 'POST')?.body).toMatchObject({ decision: 'grade' })
})

test('in a conflict nothing is decided before one of the two is chosen', async () => {
  const theirs = { version: 2, levels: { real: 'a' }, comment: '别处写的', saved_at: at }
  answers({
    'PUT /api/v1/submissions/sub_1/review': reply(412, { code: 'edit.conflict', title: '请刷新' }),
    'GET /api/v1/submissions/sub_1': { ...work, draft: theirs },
  })
  const page = await showPage(ReviewForm, { props: { work } })
  await page.find('input[value="b"]').setValue()
  await expect.poll(() => page.text()).toContain('这里有两份不同的内容')
  for (const name of ['评定', '退回修改'])
    expect(
      page
        .findAll('button')
        .find((one) => one.text().startsWith(name))
        ?.attributes('disabled'),
    ).toBeDefined()
})

test('a comment typed on while it is decided is not lost', async () => {
  let release!: () => void
  const slow = new Promise<void>((resolve) => (release = resolve))
  const made = answers({
    'PUT /api/v1/submissions/sub_1/review': work,
    'POST /api/v1/submissions/sub_1/review/finish': () => slow.then(() => reply(204)),
  })
  const page = await showPage(ReviewForm, { props: { work: { ...work, work_id: 'sub_1' } } })
  await page.get('textarea').setValue('写得细。')
  await page.get('form').trigger('submit')
  await expect.poll(() => made.some(({ method }) => method === 'POST')).toBe(true)
  await page.get('textarea').setValue('写得细。下次再多写两句。')
  release()
  await expect.poll(() => page.emitted('decided')).toBeDefined()
  const kept = (await all('drafts', wang.person.id)).map(({ value }) => JSON.stringify(value))
  expect(kept.join()).toContain('下次再多写两句')
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
  await expect.poll(() => page.text()).toContain('看新提交的内容')
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

test('what is wrong with the comment is said no more once the reviewer types', async () => {
  answers({
    'POST /api/v1/submissions/sub_1/review/finish': reply(422, {
      code: 'review.comment_missing',
      title: '退回时请写明要改什么。',
      errors: [{ pointer: '/comment', code: 'required', detail: '请填写这一项。' }],
    }),
  })
  const page = await showPage(ReviewForm, { props: { work } })
  await page
    .findAll('button')
    .find((one) => one.text().includes('退回'))
    ?.trigger('click')
  await expect.poll(() => page.find('textarea[aria-invalid="true"]').exists()).toBe(true)
  expect(page.text()).toContain('请填写这一项')
  await page.get('textarea').setValue('请')
  expect(page.find('textarea[aria-invalid="true"]').exists()).toBe(false)
  expect(page.text()).not.toContain('请填写这一项')
})
