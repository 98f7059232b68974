import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import PersonForm from './PersonForm.vue'
import type { PersonDetail } from './queries'

const person: PersonDetail = {
  id: 'per_1',
  name: '何秀兰',
  account_name: 'lx0000001',
  phone_masked: '160****1001',
  identity_number_masked: null,
  org_unit: { id: 'org_2', name: '柳树坪教学点' },
  gender: 'female',
  subject: '语文',
  professional_title: null,
  teaching_since: null,
  activated: true,
  disabled_at: null,
  created_at: '2026-11-02T01:00:00Z',
  version: 3,
  may_enable: false,
  place: ['甘肃省', '通渭县', '柳树坪教学点'],
}

test('a phone number is removed when that is ticked, and stays when it is left empty', async () => {
  const made = answers({ 'PUT /api/v1/people/per_1': person, 'GET /api/v1/org-units': { items: [] } })
  const page = await showPage(PersonForm, { props: { person } })
  await page.get('form').trigger('submit')
  await settle()
  const puts = () => made.filter((request) => request.method === 'PUT')
  expect(puts()[0]?.headers.get('if-match')).toBe('"v3"')
  expect(puts()[0]?.body).toMatchObject({ phone: null, remove_phone: false, subject: '语文' })
  await page.get('input[type=checkbox]').setValue(true)
  await page.get('form').trigger('submit')
  await settle()
  expect(puts()[1]?.body).toMatchObject({ phone: null, remove_phone: true })
})

test.each([
  ['mine', '何秀蓝', ['"v3"', '"v4"']],
  ['theirs', '何秀岚', ['"v3"']],
] as const)(
  'an edit by somebody else stands beside mine, and %s is what remains',
  async (keep, left, matched) => {
    const newest = { ...person, name: '何秀岚', version: 4 }
    const mine = { ...person, name: '何秀蓝', version: 5 }
    const answered = [reply(412, { code: 'edit.conflict', title: '别人刚刚改过这里。' }), mine]
    const made = answers({
      'PUT /api/v1/people/per_1': () => answered.shift(),
      'GET /api/v1/people/per_1': newest,
      'GET /api/v1/org-units': { items: [] },
    })
    const page = await showPage(PersonForm, { props: { person } })
    await page.get('input').setValue('何秀蓝')
    await page.get('form').trigger('submit')
    await settle()
    const both = page.get('[role=alert]')
    expect(both.findAll('blockquote').map((text) => text.text())).toEqual(['何秀蓝', '何秀岚'])
    await both.findAll('button')[keep === 'mine' ? 0 : 1]?.trigger('click')
    await settle()
    if (keep === 'mine') {
      await page.get('form').trigger('submit')
      await settle()
    }
    expect(page.get<HTMLInputElement>('input').element.value).toBe(left)
    const puts = made.filter((request) => request.method === 'PUT')
    expect(puts.map((request) => request.headers.get('if-match'))).toEqual(matched)
    page.unmount()
    await settle()
  },
)

test('what is typed outlives a closed form, but for the numbers', async () => {
  answers({ 'GET /api/v1/org-units': { items: [] } })
  const other = { ...person, id: 'per_2' }
  const first = await showPage(PersonForm, { props: { person: other } })
  await first.get('input').setValue('何秀蓝')
  await first.get('input[type=tel]').setValue('16000001009')
  first.unmount()
  await settle()
  const second = await showPage(PersonForm, { props: { person: other } })
  await expect.poll(() => second.get<HTMLInputElement>('input').element.value).toBe('何秀蓝')
  expect(second.get<HTMLInputElement>('input[type=tel]').element.value).toBe('')
})
