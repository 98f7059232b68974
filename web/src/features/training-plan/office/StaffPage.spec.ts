import { beforeEach, expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import { toasts } from '@/shared/ui/useToast'
import StaffPage from './StaffPage.vue'

const training = {
  id: 'trn_1',
  title: '复式教学',
  time_zone: 'Asia/Shanghai',
  plan_state: 'approved',
  state: 'preparing',
  stages: [],
  org_unit: { id: 'org_1', name: '威宁县' },
  may: { manage: true },
}
const invitation = {
  id: 'inv_1',
  person: { id: 'per_2', name: '赵助教' },
  role: 'assistant',
  state: 'invited',
  invited_at: '2026-11-01T00:00:00Z',
  version: 1,
}
const conflict = reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' })

let stored: object

function server(path: string) {
  return answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/plan': {
      training_id: 'trn_1',
      state: 'approved',
      version: 1,
      content: { staff_needed: { assistants: 1, experts: 1 } },
    },
    'GET /api/v1/trainings/trn_1/staff-invitations': () => ({ items: [stored] }),
    [`POST /api/v1/staff-invitations/inv_1/${path}`]: (request: Request) => {
      if (request.headers.get('If-Match') === '"v2"') return { invitation_id: 'inv_1', classes: [] }
      stored = { ...stored, version: 2 }
      return conflict
    },
  })
}

async function open() {
  const page = await showPage(StaffPage, { props: { trainingId: 'trn_1' } })
  await settle()
  const press = async (words: string) => {
    await page
      .findAll('button')
      .find((one) => one.text() === words)
      ?.trigger('click')
    await settle()
  }
  return { page, press }
}

const sent = (made: ReturnType<typeof answers>) =>
  made.filter(({ method }) => method === 'POST').map(({ headers }) => headers.get('If-Match'))

beforeEach(() => {
  stored = invitation
})

test('an invitation that changed meanwhile is shown as it is, and taken back with the next press', async () => {
  const made = server('withdraw')
  const { page, press } = await open()
  await press('撤回')
  asked.value?.answer(true)
  await settle()
  expect(page.text()).toContain('请重新核对后再决定')
  expect(page.text()).not.toContain('刷新')
  await press('撤回')
  asked.value?.answer(true)
  await settle()
  expect(sent(made)).toEqual(['"v1"', '"v2"'])
  expect(page.text()).not.toContain('请重新核对后再决定')
})

test('a part that changed while its end was reasoned about keeps the reason for the next press', async () => {
  stored = { ...invitation, state: 'accepted' }
  const made = server('end')
  const { page, press } = await open()
  await press('结束担任')
  await page.get('dialog textarea').setValue('工作调动')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(page.text()).toContain('请重新核对后再决定')
  expect(page.get<HTMLTextAreaElement>('dialog textarea').element.value).toBe('工作调动')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(sent(made)).toEqual(['"v1"', '"v2"'])
})

test('a part that somebody else has just ended stands as ended, and the question about it closes with a word', async () => {
  toasts.value = []
  stored = { ...invitation, state: 'accepted' }
  answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/staff-invitations': () => ({ items: [stored] }),
    'POST /api/v1/staff-invitations/inv_1/end': () => {
      stored = { ...invitation, state: 'ended', version: 2, end_reason: '调走' }
      return conflict
    },
  })
  const { page, press } = await open()
  await press('结束担任')
  await page.get('dialog textarea').setValue('工作调动')
  await page.get('dialog form').trigger('submit')
  await settle()
  expect(page.find('dialog form').exists()).toBe(false)
  expect(page.text()).toContain('调走')
  expect(toasts.value.at(-1)?.text).toContain('您的决定没有生效')
  page.unmount()
})

test.each([
  ['running', true],
  ['closed', false],
])('in a training that is %s somebody is asked to help lead: %s', async (state, isOffered) => {
  const plan = { training_id: 'trn_1', state: 'approved', version: 1, content: { staff_needed: {} } }
  answers({
    'GET /api/v1/trainings/trn_1': { ...training, state },
    'GET /api/v1/trainings/trn_1/plan': plan,
    'GET /api/v1/trainings/trn_1/staff-invitations': { items: [stored] },
  })
  const { page } = await open()
  expect(page.findAll('button').some((one) => one.text() === '邀请')).toBe(isOffered)
  page.unmount()
})
