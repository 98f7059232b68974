import { beforeEach, expect, test } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import NewRubricPage from './NewRubricPage.vue'

const usual = { id: 'rub_1', work_kind: 'assignment', title: '通用', title_en: '', criteria: [], most: 0 }
const table = { 'GET /api/v1/trainings/trn_1/rubrics': { items: [usual] } }
const open = () => showPage(NewRubricPage, { props: { trainingId: 'trn_1' } })

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

test('a rubric that was begun is there again at the next visit, and gone from the device once it is made', async () => {
  answers(table)
  const page = await open()
  await page.get('input').setValue('一张纸教案')
  page.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)

  const made = answers({ ...table, 'POST /api/v1/trainings/trn_1/rubrics': {} })
  const again = await open()
  again.vm.$router.addRoute({
    name: 'assessment.rubrics',
    path: '/rubrics',
    component: { render: () => null },
  })
  await expect.poll(() => (again.get('input').element as HTMLInputElement).value).toBe('一张纸教案')
  expect(again.text()).toContain('已恢复上次没写完的草稿')
  await again.get('form').trigger('submit')
  await settle()
  expect(made.find(({ method }) => method === 'POST')?.body).toMatchObject({ title: '一张纸教案' })
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})

test('what is wrong with a criterion or a level stays with it when one before goes', async () => {
  answers({
    ...table,
    'POST /api/v1/trainings/trn_1/rubrics': reply(422, {
      code: 'request.invalid',
      title: '请改正标出的内容',
      errors: ['/criteria/1/title', '/criteria/1/levels/1/title'].map((pointer) => ({
        pointer,
        code: 'required',
        detail: '请填写',
      })),
    }),
  })
  const page = await open()
  const press = (label: string) => page.get(`button[aria-label="${label}"]`).trigger('click')
  const add = () =>
    page
      .findAll('button')
      .find((one) => one.text() === '加一个评分项')
      ?.trigger('click')
  await add()
  await add()
  await page.get('form').trigger('submit')
  await settle()
  const marks = () =>
    page
      .findAll('form input, form textarea')
      .map((input, at) => (input.attributes('aria-invalid') === 'true' ? at : -1))
      .filter((at) => at >= 0)
  const before = marks()
  expect(before).toHaveLength(2)
  await press('删除评分项 1')
  // A criterion is its title and three levels of two inputs.
  expect(marks()).toEqual(before.map((at) => at - 7))
})
