import { expect, test } from 'vitest'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import { toasts } from '@/shared/ui/useToast'
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
  deciders: { names: ['王秀兰', '钱科长'], includes_you: true },
  version: 3,
}
/** The same for whoever proposed it: others decide, or nobody. */
const own = (...names: string[]) => ({
  ...change,
  proposed_by_you: true,
  deciders: { names, includes_you: false },
})
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

test('whoever proposed can only withdraw, and reads who decides', async () => {
  answers({ [`GET ${ADDRESS}`]: own('钱科长', '孙科员') })
  const page = await open()
  expect(page.text()).toContain('须由其他人决定')
  expect(page.text()).toContain('可以作出决定的人：钱科长或孙科员')
  const names = page.findAll('button').map((button) => button.text())
  expect(names).toContain('撤回')
  expect(names).not.toContain('确认')
})

test('where there is no second officer the page says so, and the administrator finds where to appoint one', async () => {
  answers({ [`GET ${ADDRESS}`]: own() })
  const page = await open()
  expect(page.text()).toContain('还缺第二位工作人员')
  expect(page.text()).not.toContain('去任命')

  answers({ [`GET ${ADDRESS}`]: { ...change, deciders: { names: [], includes_you: false } } })
  const grants = officer.grants.map((grant) => ({ ...grant, role: 'administrator' as const }))
  const asAdministrator = await showPage(ChangePage, {
    props: { changeId: 'cch_1' },
    me: { ...officer, grants },
  })
  expect(asAdministrator.text()).toContain('等待主管部门的另一位工作人员决定')
  expect(asAdministrator.text()).toContain('去任命')
  const names = asAdministrator.findAll('button').map((button) => button.text())
  expect(names).not.toContain('确认')
})

test('what somebody else has decided meanwhile is said and shown', async () => {
  let now: object = change
  answers({
    [`GET ${ADDRESS}`]: () => now,
    [`POST ${ADDRESS}/refuse`]: () => {
      now = {
        ...change,
        state: 'confirmed',
        deciders: undefined,
        decided_by: '钱科长',
        decided_at: '2026-06-02T01:00:00Z',
      }
      return reply(412, { code: 'edit.conflict', title: '别人刚刚改过这里。' })
    },
  })
  const page = await open()
  await page
    .findAll('button')
    .find((button) => button.text() === '不同意')
    ?.trigger('click')
  await page.get('dialog textarea').setValue('证据不足')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(toasts.value.at(-1)?.text).toContain('您的决定没有生效')
  expect(page.text()).toContain('钱科长')
  expect(page.findAll('button').map((button) => button.text())).not.toContain('确认')
})

test.each([
  { role: 'provincial_office' as const, back: '/certificate-issuer.changes/' },
  // A lead has no list of changes: their way back is the batch.
  { role: 'training_lead' as const, back: '/certificate-issuer.batch/bat_1' },
])('$role goes back to a page that is theirs', async ({ role, back }) => {
  answers({ [`GET ${ADDRESS}`]: change })
  const grants = officer.grants.map((grant) => ({ ...grant, role }))
  const page = await showPage(ChangePage, { props: { changeId: 'cch_1' }, me: { ...officer, grants } })
  expect(page.get('header a').attributes('href')).toBe(back)
})

test('reasons against a change outlive a killed tab', async () => {
  const address = '/api/v1/certificate-changes/cch_9'
  answers({ [`GET ${address}`]: { ...change, id: 'cch_9' } })
  const refuse = async () => {
    const page = await showPage(ChangePage, { props: { changeId: 'cch_9' }, me: officer })
    await page
      .findAll('button')
      .find((button) => button.text() === '不同意')
      ?.trigger('click')
    await settle()
    return page
  }
  const first = await refuse()
  await first.get('dialog textarea').setValue('原件上的姓名没有错')
  first.unmount()
  const typed = async () => (await refuse()).get<HTMLTextAreaElement>('dialog textarea').element.value
  await expect.poll(typed).toBe('原件上的姓名没有错')
})

test.each([
  ['open', 'correct', false],
  ['confirmed', 'correct', true],
  ['confirmed', 'revoke', false],
])('a change that is %s (%s) leads to the new certificate: %s', async (state, kind, leads) => {
  answers({ [`GET ${ADDRESS}`]: { ...change, state, kind, deciders: null } })
  const page = await open()
  expect(page.text().includes('查看 王晓兰 换发的证书')).toBe(leads)
  page.unmount()
})
