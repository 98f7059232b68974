import { expect, test, vi } from 'vitest'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import BatchPage from './BatchPage.vue'

const entry = {
  id: 'ben_1',
  person_id: 'per_1',
  unit_name: '石桥教学点',
  decision: 'open',
  missing_glyphs: [] as string[],
  unprintable: false,
  earlier: [] as object[],
  printed: {
    learner_name: '王晓兰',
    training_title: '复式教学入门',
    starts_on: '2026-03-02',
    ends_on: '2026-05-24',
    hours: 60,
    credits: '6.5',
    grade: 'excellent',
    assessed_by: '威宁县教师发展中心',
    issuer_name: '贵州省教师培训办公室',
  },
}
const batch = {
  id: 'bat_1',
  training_id: 'trn_1',
  training_title: '复式教学入门',
  state: 'submitted',
  created_by: '陈负责',
  created_at: '2026-06-01T01:00:00Z',
  submitted_by: '陈负责',
  submitted_at: '2026-06-01T02:00:00Z',
  entries: 1,
  approved: 0,
  returned: 0,
  issued: 0,
  unfinished: 0,
  version: 2,
}
const yours = { names: ['王秀兰'], includes_you: true }
const DETAIL = 'GET /api/v1/certificate-batches/bat_1'
const holding = (role: 'provincial_office' | 'training_lead') => ({
  ...wang,
  places: ['office' as const],
  grants: [{ id: 'grt_1', role, scope_kind: 'org_unit' as const, scope_id: 'org_1', scope_name: '贵州省' }],
})
const open = (me: ReturnType<typeof holding>) => showPage(BatchPage, { props: { batchId: 'bat_1' }, me })

test('the office approves all entries with one decision', async () => {
  const made = answers({
    [DETAIL]: { batch, entries: [entry], submitted_by_you: false, deciders: yours },
    'POST /api/v1/certificate-batches/bat_1/decide': { batch, entries: [entry], submitted_by_you: false },
  })
  const page = await open(holding('provincial_office'))
  const { asked } = await import('@/shared/ui/useConfirm')
  await page
    .findAll('button')
    .find((button) => button.text() === '全部批准')
    ?.trigger('click')
  expect(asked.value?.title).toBe('批准 1 名学员？')
  asked.value?.answer(true)
  await settle()
  const decision = made.find((request) => request.method === 'POST')
  expect(decision?.body).toEqual({ entries: [{ entry_id: 'ben_1', decision: 'approve' }] })
  expect(decision?.headers.get('If-Match')).toBe('"v2"')
})

test('a decision about a batch that has changed is not taken, and the page shows what stands there', async () => {
  const other = { ...entry, id: 'ben_2', decision: 'returned', decided_by: '钱科长', reason: '单位有误' }
  let detail: object = {
    batch: { ...batch, entries: 2 },
    entries: [entry, { ...other, decision: 'open' }],
    deciders: yours,
  }
  const made = answers({
    [DETAIL]: () => detail,
    'POST /api/v1/certificate-batches/bat_1/decide': () => {
      detail = { batch: { ...batch, entries: 2, version: 3 }, entries: [entry, other], deciders: yours }
      return reply(412, { code: 'edit.conflict', title: '别人刚刚改过这里。' })
    },
  })
  const page = await open(holding('provincial_office'))
  const { asked } = await import('@/shared/ui/useConfirm')
  const approveAll = async () => {
    await page
      .findAll('button')
      .find((button) => button.text() === '全部批准')
      ?.trigger('click')
    const title = asked.value?.title
    asked.value?.answer(true)
    await settle()
    return title
  }
  expect(await approveAll()).toBe('批准 2 名学员？')
  expect(page.text()).toContain('您的决定没有生效')
  expect(page.text()).toContain('退回原因：单位有误')
  expect(await approveAll()).toBe('批准 1 名学员？')
  const sent = made.filter((request) => request.method === 'POST')
  expect(sent.map((request) => request.headers.get('If-Match'))).toEqual(['"v2"', '"v3"'])
})

test('a lead hands in the draft that was read', async () => {
  const draft = { batch: { ...batch, state: 'draft', version: 1 }, entries: [entry], submitted_by_you: false }
  const made = answers({
    [DETAIL]: draft,
    'POST /api/v1/certificate-batches/bat_1/submit': draft,
  })
  const page = await open(holding('training_lead'))
  const { asked } = await import('@/shared/ui/useConfirm')
  await page
    .findAll('button')
    .find((button) => button.text() === '提交审批')
    ?.trigger('click')
  asked.value?.answer(true)
  await settle()
  expect(made.find((request) => request.method === 'POST')?.headers.get('If-Match')).toBe('"v1"')
})

test('whoever handed the batch in is told that somebody else decides', async () => {
  const deciders = { names: ['钱科长'], includes_you: false }
  answers({ [DETAIL]: { batch, entries: [entry], submitted_by_you: true, deciders } })
  const page = await open(holding('provincial_office'))
  expect(page.text()).toContain('须由其他人审批')
  expect(page.text()).toContain('可以作出决定的人：钱科长')
  expect(page.text()).not.toContain('全部批准')
})

test('a name that cannot be printed blocks handing in and is named', async () => {
  const flawed = { ...entry, missing_glyphs: ['🙂'] }
  answers({
    [DETAIL]: { batch: { ...batch, state: 'draft' }, entries: [flawed], submitted_by_you: false },
  })
  const page = await open(holding('training_lead'))
  expect(page.text()).toContain('字体里没有这些字：🙂')
  const submit = page.findAll('button').find((button) => button.text() === '提交审批')
  expect((submit?.element as HTMLButtonElement).disabled).toBe(true)
})

test('while certificates come one by one nobody is told that the issuing stands still', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  let issued = 1
  const decided = () => ({
    ...batch,
    state: 'decided',
    entries: 5,
    approved: 5,
    issued,
    unfinished: 5 - issued,
  })
  answers({ [DETAIL]: () => ({ batch: decided(), entries: [entry], deciders: yours }) })
  const page = await open(holding('provincial_office'))
  await settle()
  expect(page.text()).not.toContain('重新签发')
  for (; issued < 4; issued += 1) {
    await vi.advanceTimersByTimeAsync(40_000)
    await settle()
  }
  expect(page.text()).not.toContain('重新签发')
  await vi.advanceTimersByTimeAsync(110_000)
  await settle()
  expect(page.text()).toContain('重新签发')
  vi.useRealTimers()
})

test('a corrected certificate shows what stands now, and the one before stays within reach', async () => {
  const certificate = {
    id: 'cer_2',
    serial: '2026-K3M8Q-0002-X',
    is_issued: true,
    issued_on: '2026-06-09',
  }
  const earlier = [{ id: 'cer_1', serial: '2026-K3M8Q-0001-W', is_issued: true, change_id: 'cch_1' }]
  const corrected = {
    ...entry,
    decision: 'approved',
    printed: { ...entry.printed, training_title: '复式教学进阶' },
    certificate,
    earlier,
  }
  const other = { ...entry, id: 'ben_2', decision: 'approved' }
  answers({ [DETAIL]: { batch: { ...batch, state: 'issued' }, entries: [corrected, other] } })
  const page = await open(holding('provincial_office'))
  const row = page.findAll('tbody tr').find((one) => one.text().includes('2026-K3M8Q-0002-X'))
  expect(row?.text()).toContain('已更正')
  expect(row?.text()).toContain('复式教学进阶')
  expect(row?.text()).toContain('原证书 2026-K3M8Q-0001-W')
  expect(row?.find('a[href="/certificate-issuer.change/cch_1"]').exists()).toBe(true)
  expect(row?.find('button[aria-label="下载原证书 2026-K3M8Q-0001-W"]').exists()).toBe(true)
  // What the batch prints for everybody is read from one that nobody has corrected.
  expect(page.text()).toContain('打印内容：复式教学入门')
})

test('the reason for sending one back is not there when another is chosen', async () => {
  const second = { ...entry, id: 'ben_2', printed: { ...entry.printed, learner_name: '李建国' } }
  answers({ [DETAIL]: { batch: { ...batch, entries: 2 }, entries: [entry, second], deciders: yours } })
  const page = await open(holding('provincial_office'))
  const choose = (at: number) => page.findAll('tbody input[type=checkbox]')[at]?.setValue(true)
  const drop = (at: number) => page.findAll('tbody input[type=checkbox]')[at]?.setValue(false)
  const sendBack = async () => {
    await settle()
    await page
      .findAll('button')
      .find((button) => button.text().startsWith('退回所选'))
      ?.trigger('click')
    await settle()
    return page.get('dialog textarea')
  }
  await choose(0)
  await (await sendBack()).setValue('姓名有误')
  await page.get('dialog header button').trigger('click')
  const { asked } = await import('@/shared/ui/useConfirm')
  asked.value?.answer(true)
  await settle()
  await drop(0)
  await choose(1)
  expect(((await sendBack()).element as HTMLTextAreaElement).value).toBe('')
})

test('why some are sent back outlives a killed tab, and goes with them alone', async () => {
  const second = { ...entry, id: 'ben_2', printed: { ...entry.printed, learner_name: '李建国' } }
  const held = { ...batch, id: 'bat_9', entries: 2 }
  answers({
    'GET /api/v1/certificate-batches/bat_9': { batch: held, entries: [entry, second], deciders: yours },
  })
  const reasonFor = async (at: number) => {
    const page = await showPage(BatchPage, { props: { batchId: 'bat_9' }, me: holding('provincial_office') })
    await page.findAll('tbody input[type=checkbox]')[at]?.setValue(true)
    await settle()
    await page
      .findAll('button')
      .find((button) => button.text().startsWith('退回所选'))
      ?.trigger('click')
    await settle()
    return { page, text: page.get<HTMLTextAreaElement>('dialog textarea') }
  }
  const first = await reasonFor(0)
  await first.text.setValue('身份证上是另一个名字')
  first.page.unmount()
  await expect.poll(async () => (await reasonFor(0)).text.element.value).toBe('身份证上是另一个名字')
  expect((await reasonFor(1)).text.element.value).toBe('')
})
