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

test('an edit by somebody else is told, and either text can be saved', async () => {
  const newest = { ...person, name: '何秀岚', version: 4 }
  const answered = [reply(412, { code: 'edit.conflict', title: '别人刚刚改过这里。' }), newest]
  const made = answers({
    'PUT /api/v1/people/per_1': () => answered.shift(),
    'GET /api/v1/people/per_1': newest,
    'GET /api/v1/org-units': { items: [] },
  })
  const page = await showPage(PersonForm, { props: { person } })
  await page.get('input').setValue('何秀蓝')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.get('[role=alert]').text()).toContain('别人刚刚改过这里')
  const button = (text: string) => page.findAll('button').find((each) => each.text().includes(text))
  await button('仍保存我填的')?.trigger('click')
  await settle()
  const puts = made.filter((request) => request.method === 'PUT')
  expect(puts.map((request) => request.headers.get('if-match'))).toEqual(['"v3"', '"v4"'])
  expect(puts[1]?.body).toMatchObject({ name: '何秀蓝' })
})

test('or what is stored now is taken', async () => {
  const newest = { ...person, name: '何秀岚', version: 4 }
  answers({
    'PUT /api/v1/people/per_1': reply(412, { code: 'edit.conflict', title: '别人刚刚改过这里。' }),
    'GET /api/v1/people/per_1': newest,
    'GET /api/v1/org-units': { items: [] },
  })
  const page = await showPage(PersonForm, { props: { person } })
  await page.get('input').setValue('何秀蓝')
  await page.get('form').trigger('submit')
  await settle()
  const button = page.findAll('button').find((each) => each.text().includes('取最新内容'))
  await button?.trigger('click')
  await settle()
  expect(page.get<HTMLInputElement>('input').element.value).toBe('何秀岚')
})
