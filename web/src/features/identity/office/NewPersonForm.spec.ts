import { beforeEach, expect, test } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import NewPersonForm from './NewPersonForm.vue'

const as = (role: 'administrator' | 'provincial_office') => ({
  ...wang,
  places: ['office' as const],
  grants: [{ id: 'grt_1', role, scope_kind: 'system' as const, scope_id: null, scope_name: '' }],
})
const unit = { id: 'org_2', name: '柳树坪教学点', place: ['甘肃省', '通渭县', '柳树坪教学点'] }

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

test.each([
  { typed: {}, missing: ['单位', '手机号'] },
  { typed: { unit: true }, missing: ['手机号'] },
  { typed: { phone: '16000001009' }, missing: ['单位'] },
  { typed: { unit: true, phone: '16000001009' }, missing: [] },
  { typed: { unit: true, identityNumber: '629901199001010021' }, missing: [] },
] as { typed: { unit?: boolean; phone?: string; identityNumber?: string }; missing: string[] }[])(
  'a new person belongs to a unit and is known by a number: $typed lacks $missing',
  async ({ typed, missing }) => {
    const made = answers({
      'GET /api/v1/org-units': { items: [unit] },
      'POST /api/v1/people': { id: 'per_9' },
    })
    const page = await showPage(NewPersonForm, { me: as('provincial_office') })
    await page.get('input').setValue('何秀兰')
    if (typed.unit) page.getComponent({ name: 'UnitPicker' }).vm.$emit('update:modelValue', unit.id)
    if (typed.phone) await page.get('input[type=tel]').setValue(typed.phone)
    const fields = page.findAll('.field')
    const field = (label: string) => fields.find((each) => each.get('label').text().startsWith(label))
    if (typed.identityNumber) await field('身份证号')?.get('input').setValue(typed.identityNumber)
    await page.get('form').trigger('submit')
    await settle()
    const marked = page.findAll('.field.wrong').map((each) => each.get('label').text())
    expect(marked).toEqual(missing)
    expect(made.filter(({ method }) => method === 'POST')).toHaveLength(missing.length === 0 ? 1 : 0)
    page.unmount()
  },
)

test('the administrator may enter somebody from outside, who belongs to no unit', async () => {
  const made = answers({ 'GET /api/v1/org-units': { items: [unit] }, 'POST /api/v1/people': { id: 'per_9' } })
  const page = await showPage(NewPersonForm, { me: as('administrator') })
  expect(page.text()).toContain('单位（选填）')
  await page.get('input').setValue('沈立')
  await page.get('input[type=tel]').setValue('16000001009')
  await page.get('form').trigger('submit')
  await settle()
  expect(made.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('what was begun in one unit is not found in another, and belongs there', async () => {
  const made = answers({ 'GET /api/v1/org-units': { items: [unit] }, 'POST /api/v1/people': { id: 'per_9' } })
  const open = async (place?: { id: string; name: string }) => {
    const page = await showPage(NewPersonForm, { props: { unit: place }, me: as('administrator') })
    await settle()
    return page
  }
  const there = await open(unit)
  await there.get('input').setValue('沈立')
  there.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
  for (const place of [{ id: 'org_3', name: '杏树湾教学点' }, undefined]) {
    const here = await open(place)
    expect(here.get('input').element.value).toBe('')
    here.unmount()
  }
  const again = await open(unit)
  await expect.poll(() => again.get('input').element.value).toBe('沈立')
  await again.get('input[type=tel]').setValue('16000001009')
  await again.get('form').trigger('submit')
  await settle()
  expect(made.find(({ method }) => method === 'POST')?.body).toMatchObject({
    name: '沈立',
    org_unit_id: unit.id,
  })
})

test('what was typed of a new person is there again, but for what is secret, until it is saved or called off', async () => {
  answers({ 'GET /api/v1/org-units': { items: [unit] }, 'POST /api/v1/people': { id: 'per_9' } })
  const open = async () => {
    const page = await showPage(NewPersonForm, { me: as('administrator') })
    await settle()
    return page
  }
  const first = await open()
  await first.get('input').setValue('沈立')
  await first.get('input[type=tel]').setValue('16000001009')
  first.getComponent({ name: 'UnitPicker' }).vm.$emit('update:modelValue', unit.id)
  first.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
  const kept = JSON.stringify(await (await deviceDb()).getAll('drafts'))
  expect(kept).not.toContain('16000001009')
  const again = await open()
  await expect.poll(() => again.get('input').element.value).toBe('沈立')
  expect(again.get<HTMLInputElement>('input[type=tel]').element.value).toBe('')
  expect(again.getComponent({ name: 'UnitPicker' }).props('modelValue')).toBeUndefined()
  await again
    .findAll('button')
    .find((one) => one.text() === '取消')
    ?.trigger('click')
  asked.value?.answer(true)
  await expect.poll(() => again.emitted('cancel')).toHaveLength(1)
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})
