import { afterEach, expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import { toasts } from '@/shared/ui/useToast'
import AdmissionsPage from './AdmissionsPage.vue'

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
const waiting = {
  id: 'app_1',
  training_id: 'trn_1',
  training_title: '复式教学',
  person: { id: 'per_1', name: '王秀兰' },
  state: 'recommended',
  version: 3,
}
const detail = {
  answers: { eligibility: {}, willingness: {}, pledge: [], statement: '' },
  eligibility: [],
  willingness: [],
  pledge: [],
  steps: [],
  threshold: 0,
}

function server(stored: () => typeof waiting, rest: Record<string, unknown>) {
  return answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/admission-summary': { capacity: 60, admitted: 0, waitlisted: 0 },
    'GET /api/v1/trainings/trn_1/applications': () => ({ items: [stored()], next: null }),
    'GET /api/v1/applications/app_1': () => ({ ...stored(), ...detail }),
    ...rest,
  })
}

afterEach(() => {
  document.body.innerHTML = ''
})

test('who was decided on is no longer chosen, and what became of one stands there as of many', async () => {
  let now = waiting
  server(() => now, {
    'POST /api/v1/trainings/trn_1/applications/decide-many': () => {
      now = { ...waiting, state: 'admitted', version: 4 }
      return { items: [{ application_id: 'app_1', state: 'admitted', seat_no: 1 }] }
    },
  })
  const page = await showPage(AdmissionsPage, { props: { trainingId: 'trn_1' } })
  await page.get('tbody input[type=checkbox]').setValue(true)
  const decide = () => page.findAll('button').find((one) => one.text().startsWith('对选中的'))
  expect(decide()?.attributes('disabled')).toBeUndefined()
  await decide()?.trigger('click')
  await page.get('dialog textarea').setValue('材料齐全')
  await page.get('dialog form').trigger('submit')
  // The reason is on the device first.
  await expect.poll(() => page.get('dialog').text()).toContain('1 人已处理')
  expect(page.find('dialog [role=status]').exists()).toBe(true)
  expect(page.find('dialog form').exists()).toBe(false)
  expect(decide()?.attributes('disabled')).toBeDefined()
  expect(page.get<HTMLInputElement>('tbody input[type=checkbox]').element.checked).toBe(false)
})

test('the reason for an end stays where the application changed meanwhile', async () => {
  let now = { ...waiting, state: 'admitted' }
  const made = server(() => now, {
    'POST /api/v1/applications/app_1/end': (request: Request) => {
      if (request.headers.get('If-Match') === '"v4"') return { application_id: 'app_1' }
      now = { ...now, version: 4 }
      return reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' })
    },
  })
  const page = await showPage(AdmissionsPage, { props: { trainingId: 'trn_1' } })
  await page
    .findAll('button')
    .find((one) => one.text() === '查看')
    ?.trigger('click')
  await settle()
  await page.get('dialog details textarea').setValue('家庭原因')
  await page.get('dialog details form').trigger('submit')
  await settle()
  expect(page.get('dialog details').text()).toContain('请重新核对后再决定')
  expect(page.get<HTMLTextAreaElement>('dialog details textarea').element.value).toBe('家庭原因')
  await page.get('dialog details form').trigger('submit')
  await settle()
  const sent = made.filter(({ method }) => method === 'POST')
  expect(sent.map(({ headers }) => headers.get('If-Match'))).toEqual(['"v3"', '"v4"'])
})

test.each([409, 412])(
  'who ends what a colleague has just ended is told so by a %i, though the form is gone',
  async (status) => {
    toasts.value = []
    let now = { ...waiting, state: 'admitted' }
    server(() => now, {
      'GET /api/v1/applications/app_1': () => ({
        ...now,
        ...detail,
        steps: now.state === 'withdrawn' ? [{ kind: 'removed', at: '2026-11-02T00:00:00Z' }] : [],
      }),
      'POST /api/v1/applications/app_1/end': () => {
        now = { ...now, state: 'withdrawn', version: 4 }
        return reply(status, { code: status === 409 ? 'gate.wrong_state' : 'edit.conflict', title: '请刷新' })
      },
    })
    const page = await showPage(AdmissionsPage, { props: { trainingId: 'trn_1' } })
    await page
      .findAll('button')
      .find((one) => one.text() === '查看')
      ?.trigger('click')
    await settle()
    await page.get('dialog details textarea').setValue('长期缺勤')
    await page.get('dialog details form').trigger('submit')
    await expect.poll(() => page.find('dialog details form').exists()).toBe(false)
    await settle()
    expect(toasts.value.map(({ text }) => text)).toEqual([
      '您的决定没有生效：刚刚已有人处理，现在是“已终止”。',
    ])
    page.unmount()
  },
)

test('in a training that has ended nothing is decided and nobody is taken from the waitlist', async () => {
  server(() => waiting, {
    'GET /api/v1/trainings/trn_1': { ...training, state: 'closed' },
    'GET /api/v1/trainings/trn_1/admission-summary': { capacity: 60, admitted: 0, waitlisted: 1 },
  })
  const page = await showPage(AdmissionsPage, { props: { trainingId: 'trn_1' } })
  await settle()
  const words = page.findAll('button').map((one) => one.text())
  expect(words.some((text) => text.startsWith('对选中的') || text.includes('递补'))).toBe(false)
  expect(page.find('tbody input[type=checkbox]').exists()).toBe(false)
  await page
    .findAll('button')
    .find((one) => one.text() === '查看')
    ?.trigger('click')
  await settle()
  expect(page.find('dialog form').exists()).toBe(false)
  page.unmount()
})

test('who left and whose part was ended are told from who took an application back, and looked for by it', async () => {
  const one = (id: string, name: string, ended: string | null) => ({
    ...waiting,
    id,
    person: { id, name },
    state: ended ? 'withdrawn' : 'admitted',
    ended,
  })
  const items = [
    one('app_1', '王秀兰', null),
    one('app_2', '陈小红', 'left'),
    one('app_3', '周小亮', 'removed'),
    one('app_4', '何秀兰', 'withdrawn'),
  ]
  const made = answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/admission-summary': { capacity: 60, admitted: 1, left: 1, removed: 1 },
    'GET /api/v1/trainings/trn_1/applications': { items, next: null },
  })
  const page = await showPage(AdmissionsPage, { props: { trainingId: 'trn_1' } })
  await settle()
  expect(page.findAll('tbody .tag').map((tag) => tag.text())).toEqual([
    '已录取',
    '已退出',
    '已终止',
    '已撤回',
  ])
  expect(page.text()).toContain('已终止 1')
  const asked = async (label: string) => {
    const choice = page.findAll('select option').find((option) => option.text() === label)
    await choice?.setValue()
    await settle()
    const asked = made.filter(({ path }) => path.includes('/applications'))
    const query = new URL(asked[asked.length - 1]?.path ?? '', location.origin).searchParams
    return [query.get('state'), query.get('ended')]
  }
  expect(await asked('已退出')).toEqual([null, 'left'])
  expect(await asked('已终止')).toEqual([null, 'removed'])
  expect(await asked('已撤回')).toEqual([null, 'withdrawn'])
  expect(await asked('已录取')).toEqual(['admitted', null])
  page.unmount()
})
