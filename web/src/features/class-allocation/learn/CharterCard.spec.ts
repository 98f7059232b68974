import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import CharterCard from './CharterCard.vue'

const charter = {
  class_id: 'cls_1',
  version: 2,
  vision: '互相帮助',
  clauses: ['按时完成任务'],
  settled_at: '2026-11-02T01:00:00Z',
  proposals: [],
  signatures: [],
  my_signature_at: null,
  may_settle: false,
  may_sign: true,
}

test('a settled charter is signed in the version that was read', async () => {
  const made = answers({
    'GET /api/v1/classes/cls_1/charter': charter,
    'POST /api/v1/classes/cls_1/charter/sign': reply(201, { version: 2, signed_at: '2026-11-02T02:00:00Z' }),
  })
  const page = await showPage(CharterCard, { props: { classId: 'cls_1' } })
  expect(page.text()).toContain('按时完成任务')
  const sign = page.findAll('button').find((button) => button.text().includes('我已读过，签署'))
  await sign?.trigger('click')
  asked.value?.answer(true)
  await settle()
  const sent = made.find((request) => request.path.endsWith('/charter/sign'))
  expect(sent?.body).toEqual({ version: 2 })
  expect(sent?.headers.get('Idempotency-Key')).toBeTruthy()
})

const texts = 'GET /api/v1/classes/cls_1/charter/texts?limit=10'
const signedText = (more = {}) => ({
  version: 1,
  vision: '互相帮助',
  clauses: ['按时完成任务', '每周发言'],
  settled_by: 'per_2',
  settled_by_name: '李婷',
  settled_at: '2026-11-01T01:00:00Z',
  signatures: [],
  my_signature_at: '2026-11-01T03:00:00Z',
  ...more,
})

test('what changed since the text that was signed stands beside the new one', async () => {
  answers({
    'GET /api/v1/classes/cls_1/charter': { ...charter, clauses: ['按时完成全部任务', '互相提醒'] },
    [texts]: { items: [signedText()], next: null },
  })
  const page = await showPage(CharterCard, { props: { classId: 'cls_1' } })
  await expect
    .poll(() => page.findAll('.changes li').map((line) => line.text()))
    .toEqual(['改动：按时完成全部任务', '删去：每周发言', '新增：互相提醒'])
  expect(page.text()).toContain('和您签署的第 1 版相比')
  expect(page.findAll('ins').map((each) => each.text())).toEqual(['全部', '互相提醒'])
  expect(page.findAll('del').map((each) => each.text())).toEqual(['每周发言'])
})

test('the same words are said to be the same, and who never signed compares with nothing', async () => {
  const table = {
    'GET /api/v1/classes/cls_1/charter': charter,
    [texts]: { items: [signedText({ clauses: charter.clauses })], next: null },
  }
  answers(table)
  const same = await showPage(CharterCard, { props: { classId: 'cls_1' }, language: 'en' })
  await expect.poll(() => same.text()).toContain('The words are the same.')
  same.unmount()
  answers({ ...table, [texts]: { items: [], next: null } })
  const never = await showPage(CharterCard, { props: { classId: 'cls_1' } })
  expect(never.find('.changes').exists()).toBe(false)
})

test('a draft says why it cannot be signed yet, and takes proposals', async () => {
  const made = answers({
    'GET /api/v1/classes/cls_1/charter': { ...charter, version: 0, settled_at: null, may_sign: false },
    'POST /api/v1/classes/cls_1/charter/clauses': reply(201, { id: 'chc_1' }),
  })
  const page = await showPage(CharterCard, { props: { classId: 'cls_1' } })
  expect(page.text()).toContain('这是契约草案')
  expect(page.text()).not.toContain('我已读过')
  await page.get('textarea').setValue('有问题随时问')
  await page.get('form').trigger('submit')
  await settle()
  const sent = made.find((request) => request.path.endsWith('/clauses'))
  expect(sent?.body).toEqual({ body: '有问题随时问' })
  expect((page.get('textarea').element as HTMLTextAreaElement).value).toBe('')
})

test('the signed see when they signed', async () => {
  answers({
    'GET /api/v1/classes/cls_1/charter': {
      ...charter,
      may_sign: false,
      my_signature_at: '2026-11-03T02:00:00Z',
    },
  })
  const page = await showPage(CharterCard, { props: { classId: 'cls_1' }, language: 'en' })
  expect(page.text()).toContain('You signed on Nov 3, 2026')
})

test('a proposal that was not sent is there again, and forgotten once the server has it', async () => {
  let isDown = true
  const table = {
    'GET /api/v1/classes/cls_7/charter': { ...charter, class_id: 'cls_7' },
    'POST /api/v1/classes/cls_7/charter/clauses': () => {
      if (isDown) throw new TypeError('no network')
      return reply(201, { id: 'chc_1' })
    },
  }
  const made = answers(table)
  const props = { classId: 'cls_7' }
  const first = await showPage(CharterCard, { props })
  await first.get('textarea').setValue('信号断了跟助教说一声')
  await first.get('form').trigger('submit')
  await settle()
  expect(first.get('[role="alert"]').text()).toContain('连不上服务器')
  expect(first.text()).toContain('您写的内容已存在本机')
  first.unmount()

  isDown = false
  const again = await showPage(CharterCard, { props })
  const words = () => (again.get('textarea').element as HTMLTextAreaElement).value
  await expect.poll(words).toBe('信号断了跟助教说一声')
  expect((again.findAll('details').at(-1)?.element as HTMLDetailsElement).open).toBe(true)
  await again.get('form').trigger('submit')
  await expect.poll(words).toBe('')
  expect(made.filter(({ method }) => method === 'POST').at(-1)?.body).toEqual({
    body: '信号断了跟助教说一声',
  })
  again.unmount()

  const third = await showPage(CharterCard, { props })
  await settle()
  expect((third.get('textarea').element as HTMLTextAreaElement).value).toBe('')
})

test('a text that was signed many texts ago is looked for, and a failure says so and can be tried again', async () => {
  const after = `${texts}&after=2`
  const table: Record<string, unknown> = {
    'GET /api/v1/classes/cls_1/charter': charter,
    [texts]: { items: [signedText({ version: 12, my_signature_at: null })], next: '2' },
  }
  answers(table)
  const page = await showPage(CharterCard, { props: { classId: 'cls_1' } })
  await expect.poll(() => page.find('[role=alert] button').exists()).toBe(true)
  table[after] = { items: [signedText({ clauses: charter.clauses })], next: null }
  await page.get('[role=alert] button').trigger('click')
  await expect.poll(() => page.text()).toContain('和您签署的第 1 版相比')
  expect(page.find('[role=alert]').exists()).toBe(false)
})

test('when the training is over nothing is proposed any more', async () => {
  answers({
    'GET /api/v1/classes/cls_1/charter': { ...charter, may_sign: false },
    'GET /api/v1/my/classes': { items: [{ class_id: 'cls_1', training_state: 'closed' }] },
  })
  const page = await showPage(CharterCard, { props: { classId: 'cls_1' } })
  await settle()
  expect(page.text()).toContain('按时完成任务')
  expect(page.text()).not.toContain('提一条建议')
  expect(page.find('form').exists()).toBe(false)
})
