import { beforeEach, expect, test } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, keepDraft, settle, showPage, wang } from '@/shared/testing/page'
import NewTrainingForm from './NewTrainingForm.vue'

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

const lead = {
  ...wang,
  grants: [
    {
      id: 'grt_1',
      role: 'training_lead' as const,
      scope_kind: 'org_unit' as const,
      scope_id: 'org_1',
      scope_name: '甘肃省',
    },
  ],
}

test('a training that was begun is there again until it is made', async () => {
  const made = answers({ 'POST /api/v1/trainings': { id: 'trn_9' } })
  const first = await showPage(NewTrainingForm, { me: lead })
  await settle()
  await first.get('input').setValue('复式教学')
  first.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
  const again = await showPage(NewTrainingForm, { me: lead })
  await expect.poll(() => again.get('input').element.value).toBe('复式教学')
  await again.get('input[type=date]').setValue('2027-03-01')
  await again.get('form').trigger('submit')
  await expect.poll(() => again.emitted('made')).toEqual([['trn_9']])
  expect(made.find(({ method }) => method === 'POST')?.body).toMatchObject({
    org_unit_id: 'org_1',
    title: '复式教学',
  })
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})

test('what was begun as the lead of one place is not found as the lead of another', async () => {
  answers({})
  const there = await showPage(NewTrainingForm, { me: lead })
  await settle()
  await there.get('input').setValue('复式教学')
  there.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
  const grants = lead.grants.map((grant) => ({ ...grant, scope_id: 'org_2', scope_name: '青海省' }))
  const here = await showPage(NewTrainingForm, { me: { ...lead, grants } })
  await settle()
  expect(here.get('input').element.value).toBe('')
  here.unmount()
  const again = await showPage(NewTrainingForm, { me: lead })
  await expect.poll(() => again.get('input').element.value).toBe('复式教学')
})

test('a unit that is not on the screen is not sent', async () => {
  const administrator = {
    ...wang,
    grants: [
      { ...lead.grants[0], role: 'administrator' as const, scope_kind: 'system' as const, scope_id: null },
    ],
  }
  const made = answers({ 'GET /api/v1/org-units': { items: [], more: false } })
  const values = { unit: 'org_7', title: '复式教学', titleEn: '', starts: '2027-03-01', weeks: 8 }
  await keepDraft('new-training:everywhere', { values })
  const page = await showPage(NewTrainingForm, { me: administrator as typeof wang })
  await expect.poll(() => page.findAll('input')[1]?.element.value).toBe('复式教学')
  await page.get('form').trigger('submit')
  await settle()
  expect(made.some(({ method }) => method === 'POST')).toBe(false)
  expect(page.findAll('.field.wrong')).toHaveLength(1)
})
