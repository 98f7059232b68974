import { afterEach, beforeEach, expect, test } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, keepDraft, reply, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import { toasts } from '@/shared/ui/useToast'
import { toForm } from './noticeForm'
import NoticePage from './NoticePage.vue'

const training = {
  id: 'trn_1',
  title: '复式教学',
  time_zone: 'Asia/Shanghai',
  plan_state: 'approved',
  state: 'preparing',
  stages: [],
  org_unit: { id: 'org_1', name: '甘肃省' },
  may: { manage: true },
}

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

afterEach(() => {
  document.body.innerHTML = ''
})

test.each([
  { scale: 24, capacity: '24' },
  { scale: 0, capacity: '60' },
])('a new notice offers the $capacity places of a plan for $scale', async ({ scale, capacity }) => {
  answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/notice': reply(404, { code: 'not_found', title: '没有找到' }),
    'GET /api/v1/trainings/trn_1/plan': { training_id: 'trn_1', version: 1, content: { scale } },
  })
  const page = await showPage(NoticePage, { props: { trainingId: 'trn_1' } })
  expect(page.get<HTMLInputElement>('input[type=number]').element.value).toBe(capacity)
})

const written = {
  training_id: 'trn_1',
  version: 2,
  published_at: null,
  rules_fixed: false,
  body_html: '<p>欢迎</p>',
  content: {
    title: '招募学员',
    body_markdown: '欢迎',
    opens_at: '2026-11-02T00:00:00Z',
    closes_at: '2026-12-02T00:00:00Z',
    capacity: 60,
    least_hours: 3,
    threshold: 0,
    eligibility: [],
    willingness: [],
    pledge: [],
  },
}

test('when the training is over its notice is only read', async () => {
  answers({
    'GET /api/v1/trainings/trn_1': { ...training, state: 'closed' },
    'GET /api/v1/trainings/trn_1/notice': written,
  })
  const page = await showPage(NoticePage, { props: { trainingId: 'trn_1' } })
  expect(page.find('form').exists()).toBe(false)
  expect(page.text()).toContain('欢迎')
})

test('the form of another training begins anew, also where it was read before', async () => {
  const content = { ...written.content, title: '招募英语学员' }
  const made = answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/notice': written,
    'GET /api/v1/trainings/trn_2': { ...training, id: 'trn_2' },
    'GET /api/v1/trainings/trn_2/notice': { ...written, training_id: 'trn_2', content },
    'PUT /api/v1/trainings/trn_2/notice': reply(503),
  })
  const page = await showPage(NoticePage, { props: { trainingId: 'trn_2' } })
  await page.setProps({ trainingId: 'trn_1' })
  await settle()
  await page.get('form input').setValue('第一个培训的新标题')
  await page.setProps({ trainingId: 'trn_2' })
  await settle()
  expect(page.get<HTMLInputElement>('form input').element.value).toBe('招募英语学员')
  await page.get('form').trigger('submit')
  await expect.poll(() => made.some(({ method }) => method === 'PUT')).toBe(true)
  expect(made.find(({ method }) => method === 'PUT')?.path).toBe('/api/v1/trainings/trn_2/notice')
})

test('a notice that somebody else changed meanwhile is shown before it is published', async () => {
  let stored = written
  const made = answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/notice': () => stored,
    'POST /api/v1/trainings/trn_1/notice/publish': (request: Request) => {
      if (request.headers.get('If-Match') === '"v3"') return {}
      stored = { ...written, version: 3, content: { ...written.content, title: '别人写的标题' } }
      return reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' })
    },
  })
  const page = await showPage(NoticePage, { props: { trainingId: 'trn_1' } })
  const publish = async () => {
    await page
      .findAll('button')
      .find((one) => one.text() === '发布')
      ?.trigger('click')
    asked.value?.answer(true)
    await settle()
  }
  await publish()
  expect(page.get<HTMLInputElement>('form input').element.value).toBe('别人写的标题')
  expect(page.text()).toContain('请重新核对后再决定')
  await publish()
  const posts = made.filter(({ method }) => method === 'POST')
  expect(posts.map(({ headers }) => headers.get('If-Match'))).toEqual(['"v2"', '"v3"'])
})

test('rules that hold already are shown and sent as they hold, not as they were typed before', async () => {
  const base = toForm(written.content, training.time_zone)
  const value = { ...base, title: '新标题', threshold: 9 }
  const kept = { version: 2, value, base, tried: [] }
  await keepDraft('notice:trn_1', kept)
  const fixed = { ...written, rules_fixed: true }
  const made = answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/notice': fixed,
    'PUT /api/v1/trainings/trn_1/notice': { ...fixed, version: 3 },
  })
  const page = await showPage(NoticePage, { props: { trainingId: 'trn_1' } })
  await expect.poll(() => page.get<HTMLInputElement>('form input').element.value).toBe('新标题')
  const typed = page.findAll<HTMLInputElement>('fieldset input').map(({ element }) => element.value)
  expect(typed).toContain('0')
  expect(typed).not.toContain('9')
  await page.get('form').trigger('submit')
  await expect.poll(() => made.some(({ method }) => method === 'PUT')).toBe(true)
  expect(made.find(({ method }) => method === 'PUT')?.body).toMatchObject({ title: '新标题', threshold: 0 })
})

test('what is wrong with a question, a choice or a clause stays with it when one before goes', async () => {
  const question = (n: number) => ({ key: `q${n}`, text: '', expected: true })
  const choices = () => [5, 3, 0].map((score) => ({ text: '', score }))
  const content = {
    ...written.content,
    eligibility: [0, 1, 2].map(question),
    willingness: [{ key: 'w0', text: '愿意吗', choices: choices() }],
    pledge: ['甲', '乙'].map((text, at) => ({ key: `p${at}`, text })),
  }
  const pointers = ['/eligibility/1/text', '/willingness/0/choices/1/text', '/pledge/1/text']
  answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/notice': { ...written, content },
    'PUT /api/v1/trainings/trn_1/notice': reply(422, {
      code: 'request.invalid',
      title: '请改正标出的内容',
      errors: pointers.map((pointer) => ({ pointer, code: 'required', detail: '请填写' })),
    }),
  })
  const page = await showPage(NoticePage, { props: { trainingId: 'trn_1' } })
  await settle()
  await page.get('form').trigger('submit')
  const marks = () =>
    page
      .findAll('.line')
      .map((line, at) => (line.find('[aria-invalid="true"]').exists() ? at : -1))
      .filter((at) => at >= 0)
  // Three questions, one with three choices, two clauses.
  await expect.poll(marks).toEqual([1, 5, 8])
  const remove = (at: number) => page.findAll('.line')[at]?.get('button').trigger('click')
  await remove(7)
  await remove(4)
  await remove(0)
  expect(marks()).toEqual([0, 3, 5])
})

test('rules that were typed before they held stay to be read, until they are given up', async () => {
  const base = toForm(written.content, training.time_zone)
  const value = { ...base, pledge: [{ key: 'p1', text: '按时参加每周学习' }] }
  await keepDraft('notice:trn_1', { version: 2, value, base, tried: [] })
  answers({
    'GET /api/v1/trainings/trn_1': training,
    'GET /api/v1/trainings/trn_1/notice': { ...written, rules_fixed: true },
    'PUT /api/v1/trainings/trn_1/notice': {
      ...written,
      rules_fixed: true,
      version: 3,
      content: { ...written.content, title: '新标题' },
    },
  })
  const page = await showPage(NoticePage, { props: { trainingId: 'trn_1' } })
  await expect.poll(() => page.text()).toContain('按时参加每周学习')
  expect(page.get('.written').text()).not.toContain('招募学员')
  // A save of the rest does not take them away.
  await page.get('form input').setValue('新标题')
  await page.get('form').trigger('submit')
  await expect.poll(() => toasts.value.at(-1)?.text).toContain('保存')
  await settle()
  expect(page.get('.written').text()).toContain('按时参加每周学习')
  expect(page.get<HTMLInputElement>('form input').element.value).toBe('新标题')
  await page
    .findAll('button')
    .find((one) => one.text() === '删除')
    ?.trigger('click')
  asked.value?.answer(true)
  await settle()
  expect(page.find('.written').exists()).toBe(false)
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})

test('who leads the training no more still reads what they typed', async () => {
  const base = toForm(written.content, training.time_zone)
  await keepDraft('notice:trn_1', { version: 2, value: { ...base, body: '写到一半的公告' }, base, tried: [] })
  answers({
    'GET /api/v1/trainings/trn_1': { ...training, may: { manage: false } },
    'GET /api/v1/trainings/trn_1/notice': written,
  })
  const page = await showPage(NoticePage, { props: { trainingId: 'trn_1' } })
  await expect.poll(() => page.text()).toContain('写到一半的公告')
  expect(page.find('form').exists()).toBe(false)
})
