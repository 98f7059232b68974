import { afterEach, expect, test } from 'vitest'
import { answers, reply, showPage } from '@/shared/testing/page'
import NoticePage from './NoticePage.vue'

const training = {
  id: 'trn_1',
  title: '复式教学',
  time_zone: 'Asia/Shanghai',
  plan_state: 'approved',
  state: 'preparing',
  stages: [],
  org_unit: { id: 'org_1', name: '甘肃省' },
  may: { manage: true },
}

afterEach(() => {
  document.body.innerHTML = ''
})

test.each([
  { scale: 24, capacity: '24' },
  { scale: 0, capacity: '60' },
])('a new notice offers the $capacity places of a plan for $scale', async ({ scale, capacity }) => {
  answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/notice': reply(404, { code: 'not_found', title: '没有找到' }),
    'GET /api/v1/trainings/trn_1/plan': { training_id: 'trn_1', version: 1, content: { scale } },
  })
  const page = await showPage(NoticePage, { props: { trainingId: 'trn_1' } })
  expect(page.get<HTMLInputElement>('input[type=number]').element.value).toBe(capacity)
})
