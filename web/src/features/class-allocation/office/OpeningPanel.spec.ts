import { expect, test } from 'vitest'
import { answers, showPage } from '@/shared/testing/page'
import OpeningPanel from './OpeningPanel.vue'

const said = (zh: string) => ({ zh, en: zh })
const rule = (name: string, text: string, more = {}) => ({
  rule: name,
  is_met: false,
  applies: true,
  binds: true,
  number: 0,
  people_missing: 0,
  text: said(text),
  ...more,
})

test('what is unmet comes first, and what has nothing to be true of is not called met', async () => {
  answers({})
  const later = { applies: false, text: said('分班以后才能判断。') }
  const opening = {
    can_open: false,
    people_missing: 0,
    headline: said('还不能开班：有 1 项条件没有满足。'),
    rules: [
      rule('plan_approved', '规划已经批准。', { is_met: true }),
      rule('class_size', '', later),
      rule('least_size', '', { ...later, binds: false }),
      rule('first_list', '还没有第 1 周任务单。'),
      rule('charters', '', { applies: false, binds: false, text: said('契约在公布分班以后由各班定稿。') }),
    ],
  }
  const page = await showPage(OpeningPanel, { props: { opening } })
  expect(page.findAll('li').map((line) => line.text())).toEqual([
    '未满足还没有第 1 周任务单。',
    '待定另有 2 项条件，分班以后才能判断。',
    '待定契约在公布分班以后由各班定稿。',
    '满足规划已经批准。',
  ])
})
