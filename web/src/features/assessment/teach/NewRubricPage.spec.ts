import { beforeEach, expect, test } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
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
