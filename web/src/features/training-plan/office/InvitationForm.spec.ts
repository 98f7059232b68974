import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import InvitationForm from './InvitationForm.vue'

const person = { id: 'per_1', name: '赵助教', org_unit: null, subject: null, professional_title: null }
const path = 'POST /api/v1/trainings/trn_1/staff-invitations'

async function open() {
  const form = await showPage(InvitationForm, { props: { trainingId: 'trn_1' } })
  await settle()
  return form
}

async function choose(form: Awaited<ReturnType<typeof open>>) {
  await form.get('input[type="search"]').setValue('赵')
  await expect.poll(() => form.find('input[value="per_1"]').exists()).toBe(true)
  await form.get('input[value="per_1"]').setValue(true)
}

test('words to an invited person outlive a closed form, until they are sent', async () => {
  const made = answers({ 'GET /api/v1/people': { items: [person] }, [path]: { id: 'inv_1' } })
  const first = await open()
  await first.get('textarea').setValue('一起带班吧')
  first.unmount()
  await settle()
  const second = await open()
  await expect.poll(() => second.get('textarea').element.value).toBe('一起带班吧')
  await choose(second)
  await second.get('form').trigger('submit')
  await settle()
  const sent = made.find((request) => request.method === 'POST')
  expect(sent?.body).toMatchObject({ person_id: 'per_1', message: '一起带班吧' })
  expect(second.emitted('sent')).toHaveLength(1)
  second.unmount()
  await settle()
  const third = await open()
  expect(third.get('textarea').element.value).toBe('')
})

test('who is no longer on the screen is not invited', async () => {
  const other = { ...person, id: 'per_2', name: '李助教' }
  const made = answers({
    'GET /api/v1/people': (request: Request) => ({
      items: [new URL(request.url).searchParams.get('name') === '李' ? other : person],
    }),
    [path]: { id: 'inv_1' },
  })
  const form = await open()
  await choose(form)
  expect(form.get('button[type=submit]').text()).toBe('邀请赵助教')
  await form.get('input[type="search"]').setValue('李')
  await expect.poll(() => form.find('input[value="per_2"]').exists()).toBe(true)
  await form.get('form').trigger('submit')
  await settle()
  expect(made.some(({ method }) => method === 'POST')).toBe(false)
  await form.get('input[value="per_2"]').setValue(true)
  await form.get('form').trigger('submit')
  await settle()
  expect(made.find(({ method }) => method === 'POST')?.body).toMatchObject({ person_id: 'per_2' })
})

test('a search that shows not everybody says so', async () => {
  const people = Array.from({ length: 9 }, (_, n) => ({ ...person, id: `per_${n}` }))
  answers({ 'GET /api/v1/people': { items: people } })
  const form = await open()
  await choose(form)
  expect(form.findAll('input[name][value^="per_"]')).toHaveLength(8)
  expect(form.text()).toContain('还有更多人，请输入更完整的姓名')
})
