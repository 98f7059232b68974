import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import NewPersonForm from './NewPersonForm.vue'

const unit = { id: 'org_2', name: '柳树坪教学点', place: ['甘肃省', '通渭县', '柳树坪教学点'] }

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
    const page = await showPage(NewPersonForm)
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
