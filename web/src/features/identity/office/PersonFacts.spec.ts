import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import PersonFacts from './PersonFacts.vue'
import type { PersonDetail } from './queries'

const person: PersonDetail = {
  id: 'per_1',
  name: '何秀兰',
  account_name: 'lx0000001',
  phone_masked: '160****1001',
  identity_number_masked: null,
  org_unit: { id: 'org_2', name: '柳树坪教学点' },
  gender: 'female',
  subject: null,
  professional_title: null,
  teaching_since: null,
  activated: true,
  disabled_at: null,
  created_at: '2026-11-02T01:00:00Z',
  version: 1,
  may_enable: false,
  place: ['甘肃省', '通渭县', '柳树坪教学点'],
}

test('numbers stay masked until a reason is given', async () => {
  const made = answers({
    'POST /api/v1/people/per_1/reveal': { phone: '16000001001', identity_number: null },
  })
  const page = await showPage(PersonFacts, { props: { person } })
  expect(page.text()).toContain('甘肃省 · 通渭县 · 柳树坪教学点')
  expect(page.text()).not.toContain('16000001001')
  await page.get('button').trigger('click')
  await page.get('dialog input').setValue('核对证书')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(made[0]?.body).toEqual({ reason: '核对证书' })
  expect(page.text()).toContain('16000001001')
})

test('somebody without numbers has nothing to reveal', async () => {
  answers({})
  const page = await showPage(PersonFacts, { props: { person: { ...person, phone_masked: null } } })
  expect(page.text()).not.toContain('查看完整号码')
})
