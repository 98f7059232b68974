import { expect, test } from 'vitest'
import { answers, reply, showPage } from '@/shared/testing/page'
import TrainingsTable from './TrainingsTable.vue'

const training = {
  id: 'trn_1',
  title: '乡村教学点教师培训',
  title_en: 'Training of teachers at rural teaching points',
  org_unit: { id: 'org_1', name: '清河县' },
  starts_on: '2026-11-02',
  ends_on: '2026-12-27',
  weeks: 8,
  state: 'running',
  plan_state: 'approved',
}
const shown = (items: unknown) => {
  const made = answers({ 'GET /api/v1/trainings': items })
  const page = showPage(TrainingsTable, {
    props: { label: '分班', to: 'class-allocation.board', filter: { planState: 'submitted' } },
  })
  return page.then((table) => ({ table, made }))
}

test('a training stands with its unit, its time and its state, and asks for no more than the filter', async () => {
  const { table, made } = await shown({ items: [training], next: null })
  for (const text of ['乡村教学点教师培训', '清河县', '共 8 周', '进行中'])
    expect(table.text()).toContain(text)
  expect(made[0]?.path).toContain('plan_state=submitted')
})

test('without trainings it says so', async () => {
  const { table } = await shown({ items: [], next: null })
  expect(table.text()).toContain('还没有培训')
})

test('a failure says so and offers another try', async () => {
  const { table } = await shown(reply(500, { code: 'internal', title: 'x', status: 500 }))
  expect(table.find('[role=alert] button').exists()).toBe(true)
})
