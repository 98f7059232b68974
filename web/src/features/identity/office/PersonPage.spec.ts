import { expect, test, vi } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import { toasts } from '@/shared/ui/useToast'
import { asked } from '@/shared/ui/useConfirm'
import PersonPage from './PersonPage.vue'

const person = (id: string, name: string) => ({
  id,
  name,
  account_name: id,
  phone_masked: '160****1001',
  identity_number_masked: null,
  org_unit: { id: 'org_2', name: '柳树坪教学点' },
  activated: true,
  disabled_at: null,
  created_at: '2026-11-02T01:00:00Z',
  version: 1,
  may_enable: false,
  place: ['甘肃省', '通渭县', '柳树坪教学点'],
})
const link = { link: 'https://lingxue.example.org/first-use#abc', expires_at: '2026-11-05T01:00:00Z' }
const table = {
  'GET /api/v1/people/per_1': person('per_1', '何秀兰'),
  'GET /api/v1/people/per_2': person('per_2', '马建国'),
  'GET /api/v1/people/per_1/grants': { items: [] },
  'GET /api/v1/people/per_2/grants': { items: [] },
  'POST /api/v1/people/per_1/reveal': { phone: '16000001001', identity_number: null },
  'POST /api/v1/people/per_1/first-use-link': link,
}

test('numbers that were shown belong to one person: on the page of the next they are masked', async () => {
  answers(table)
  // The second was looked at before: their page is there at once.
  const page = await showPage(PersonPage, { props: { personId: 'per_2' } })
  await page.setProps({ personId: 'per_1' })
  await settle()
  await page
    .findAll('button')
    .find((button) => button.text() === '查看完整号码')
    ?.trigger('click')
  await page.get('dialog input').setValue('核对证书')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(page.text()).toContain('16000001001')
  await page.setProps({ personId: 'per_2' })
  await settle()
  expect(page.text()).toContain('马建国')
  expect(page.text()).not.toContain('16000001001')
})

test('a link that the clipboard does not take stays to be copied by hand, and that is said', async () => {
  toasts.value = []
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'))
  answers(table)
  const page = await showPage(PersonPage, { props: { personId: 'per_1' } })
  const press = async (text: string) => {
    await page
      .findAll('button')
      .find((button) => button.text() === text)
      ?.trigger('click')
    await settle()
  }
  await press('生成链接')
  asked.value?.answer(true)
  await settle()
  await press('复制链接')
  expect(toasts.value.at(-1)?.text).toContain('没有复制成功')
  expect(page.text()).toContain(link.link)
})

test.each([
  ['a lead of a training', [{ role: 'training_lead', scope_kind: 'training', scope_name: '复式教学' }], true],
  [
    'a lead of a unit alone',
    [{ role: 'training_lead', scope_kind: 'org_unit', scope_name: '通渭县' }],
    false,
  ],
])('before the account of %s is disabled, what they lead is named', async (_, grants, isNamed) => {
  const items = grants.map((grant) => ({ id: 'gra_1', scope_id: 'trn_1', person_name: '何秀兰', ...grant }))
  answers({ ...table, 'GET /api/v1/people/per_1/grants': { items } })
  const page = await showPage(PersonPage, { props: { personId: 'per_1' } })
  await settle()
  await page
    .findAll('button')
    .find((button) => button.text() === '停用账号')
    ?.trigger('click')
  await settle()
  expect(asked.value?.text?.includes('复式教学')).toBe(isNamed)
  expect(asked.value?.text?.includes('无人负责')).toBe(isNamed)
  asked.value?.answer(false)
})
