import { expect, test } from 'vitest'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import ChangePage from './ChangePage.vue'

const printed = {
  learner_name: '王小兰',
  training_title: '复式教学入门',
  starts_on: '2026-03-02',
  ends_on: '2026-05-24',
  hours: 60,
  credits: '6.5',
  grade: 'excellent',
  assessed_by: '威宁县教师发展中心',
  issuer_name: '贵州省教师培训办公室',
}
const change = {
  id: 'cch_1',
  certificate_id: 'crt_1',
  batch_id: 'bat_1',
  training_id: 'trn_1',
  serial: '2026-K3M8Q-0042-R',
  kind: 'correct',
  reason: '姓名有误',
  before: printed,
  after: { ...printed, learner_name: '王晓兰' },
  state: 'open',
  proposed_by: '赵处长',
  proposed_at: '2026-06-01T01:00:00Z',
  proposed_by_you: false,
  about_you: false,
  version: 3,
}
const ADDRESS = '/api/v1/certificate-changes/cch_1'
const officer = {
  ...wang,
  places: ['office' as const],
  grants: [
    {
      id: 'grt_1',
      role: 'provincial_office' as const,
      scope_kind: 'org_unit' as const,
      scope_id: 'org_1',
      scope_name: '贵州省',
    },
  ],
}
const open = () => showPage(ChangePage, { props: { changeId: 'cch_1' }, me: officer })

test('another officer sees old and new, and confirms the version on the page', async () => {
  const made = answers({
    [`GET ${ADDRESS}`]: change,
    [`POST ${ADDRESS}/confirm`]: { ...change, state: 'confirmed' },
  })
  const page = await open()
  expect(page.find('del').text()).toBe('王小兰')
  expect(page.find('ins').text()).toBe('王晓兰')
  const { asked } = await import('@/shared/ui/useConfirm')
  await page
    .findAll('button')
    .find((button) => button.text() === '确认')
    ?.trigger('click')
  expect(asked.value?.title).toBe('换发 王小兰 的证书？')
  asked.value?.answer(true)
  await settle()
  const decision = made.find((request) => request.method === 'POST')
  expect(decision?.headers.get('If-Match')).toBe('"v3"')
  expect(decision?.headers.get('Idempotency-Key')).toBeTruthy()
})

test('whoever proposed can only withdraw', async () => {
  answers({ [`GET ${ADDRESS}`]: { ...change, proposed_by_you: true } })
  const page = await open()
  expect(page.text()).toContain('须由其他人决定')
  const names = page.findAll('button').map((button) => button.text())
  expect(names).toContain('撤回')
  expect(names).not.toContain('确认')
})
