import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import { toasts } from '@/shared/ui/useToast'
import CharterEditor from './CharterEditor.vue'

const charter = {
  class_id: 'cls_1',
  version: 1,
  vision: '互相帮助',
  clauses: ['按时完成任务', '每周发言'],
  settled_at: '2026-11-02T01:00:00Z',
  proposals: [
    {
      id: 'chc_1',
      body: '有问题随时问',
      person_id: 'per_3',
      name: '何秀兰',
      proposed_at: '2026-11-02T02:00:00Z',
    },
  ],
  signatures: [{ person_id: 'per_3', name: '何秀兰', signed_at: '2026-11-02T03:00:00Z' }],
  may_settle: true,
  may_sign: true,
}

function button(page: Awaited<ReturnType<typeof showPage>>, name: string) {
  const found = page
    .findAll('button')
    .find((each) => each.text() === name || each.attributes('aria-label') === name)
  if (!found) throw new Error(`no button ${name}`)
  return found
}

test('a proposal goes into the text, and signatures are asked about before a new version', async () => {
  const made = answers({ 'PUT /api/v1/classes/cls_1/charter': { ...charter, version: 2 } })
  const page = await showPage(CharterEditor, { props: { classId: 'cls_1', charter } })
  await button(page, '采纳').trigger('click')
  expect(page.text()).toContain('已加入，定稿后生效')
  await button(page, '第 2 条上移').trigger('click')
  await page.get('form').trigger('submit')
  expect(asked.value?.text).toContain('已有 1 人签署')
  expect(asked.value?.text).toContain('这 1 人都要重新签署')
  expect(made).toHaveLength(0)
  asked.value?.answer(true)
  // It is on the device first, and the editor closes once the server has it.
  await expect.poll(() => page.find('form').exists()).toBe(false)
  const sent = made.find(({ method }) => method === 'PUT')
  expect(sent?.headers.get('If-Match')).toBe('"v1"')
  expect(sent?.body).toEqual({
    vision: '互相帮助',
    clauses: ['每周发言', '按时完成任务', '有问题随时问'],
    taken: ['chc_1'],
  })
})

test('words that hold already are settled no second time, and the page says so', async () => {
  answers({ 'PUT /api/v1/classes/cls_5/charter': { ...charter, class_id: 'cls_5' } })
  const props = { classId: 'cls_5', charter: { ...charter, class_id: 'cls_5', signatures: [] } }
  const page = await showPage(CharterEditor, { props })
  await button(page, '修改契约').trigger('click')
  await button(page, '加一条').trigger('click')
  await page.get('form').trigger('submit')
  await expect.poll(() => page.find('form').exists()).toBe(false)
  expect(toasts.value.at(-1)?.text).toBe('文字没有变化，不用重新签署')
})

test('a change by somebody else keeps what was typed and says so', async () => {
  let stored = { ...charter, version: 2, vision: '别人写的愿景' }
  const made = answers({
    'GET /api/v1/classes/cls_1/charter': () => stored,
    'PUT /api/v1/classes/cls_1/charter': (request: Request) =>
      request.headers.get('If-Match') === '"v2"'
        ? (stored = { ...stored, version: 3 })
        : reply(412, { code: 'edit.conflict', title: '别人刚刚改过这里。' }),
  })
  const page = await showPage(CharterEditor, {
    props: { classId: 'cls_1', charter: { ...charter, signatures: [] } },
  })
  await button(page, '修改契约').trigger('click')
  await page.get('textarea').setValue('互相提醒')
  await page.get('form').trigger('submit')
  await expect.poll(() => page.find('[role="alert"]').exists()).toBe(true)
  expect(page.get('[role="alert"]').text()).toContain('别人写的愿景')
  expect(page.get('[role="alert"]').text()).toContain('互相提醒')
  expect((page.get('textarea').element as HTMLTextAreaElement).value).toBe('互相提醒')
  await button(page, '用我写的').trigger('click')
  await page.get('form').trigger('submit')
  await expect
    .poll(() => made.filter(({ method }) => method === 'PUT').map(({ headers }) => headers.get('If-Match')))
    .toEqual(['"v1"', '"v2"'])
})

test('staff who signed an earlier text see what changed before they sign again', async () => {
  const mine = {
    version: 1,
    vision: '互相帮助',
    clauses: ['每周发言'],
    my_signature_at: '2026-11-02T03:00:00Z',
  }
  const text = {
    settled_by: 'per_2',
    settled_by_name: '李婷',
    settled_at: '2026-11-02T01:00:00Z',
    signatures: [],
  }
  const unsigned = { version: 2, vision: '甲', clauses: ['乙'], my_signature_at: null }
  answers({
    'GET /api/v1/classes/cls_3/charter/texts?limit=10': {
      items: [
        { ...text, ...unsigned },
        { ...text, ...mine },
      ],
    },
  })
  const now = { ...charter, class_id: 'cls_3', version: 3, signatures: [] }
  const page = await showPage(CharterEditor, { props: { classId: 'cls_3', charter: now } })
  await expect
    .poll(() => page.findAll('.changes li').map((line) => line.text()))
    .toEqual(['新增：按时完成任务'])
})

test('a reader who may not settle reads', async () => {
  const page = await showPage(CharterEditor, {
    props: { classId: 'cls_1', charter: { ...charter, may_settle: false, may_sign: false } },
  })
  expect(page.find('form').exists()).toBe(false)
  expect(page.text()).toContain('每周发言')
})

test('what was typed stays on the page and on the device when the charter is asked for again or the page is left', async () => {
  answers({})
  const props = { classId: 'cls_2', charter: { ...charter, class_id: 'cls_2', signatures: [] } }
  const page = await showPage(CharterEditor, { props })
  await button(page, '修改契约').trigger('click')
  await page.get('textarea').setValue('我写了一半')
  await page.setProps({ charter: { ...props.charter, version: 2, vision: '别人定稿的' } })
  await settle()
  expect((page.get('textarea').element as HTMLTextAreaElement).value).toBe('我写了一半')
  expect(page.get('[role="alert"]').text()).toContain('别人定稿的')
  page.unmount()

  const again = await showPage(CharterEditor, { props })
  await expect
    .poll(() => again.findAll('textarea').map((each) => (each.element as HTMLTextAreaElement).value))
    .toContain('我写了一半')
})

test('changes are given up with what was taken up, and nothing of them comes back', async () => {
  const made = answers({})
  const props = { classId: 'cls_3', charter: { ...charter, class_id: 'cls_3' } }
  const page = await showPage(CharterEditor, { props })
  await button(page, '采纳').trigger('click')
  await page.get('textarea').setValue('我写了一半')
  await button(page, '放弃修改').trigger('click')
  asked.value?.answer(true)
  await expect.poll(() => page.find('form').exists()).toBe(false)
  expect(page.text()).toContain('互相帮助')
  expect(page.text()).not.toContain('已加入，定稿后生效')
  page.unmount()

  const again = await showPage(CharterEditor, { props })
  expect(again.find('form').exists()).toBe(false)
  await button(again, '修改契约').trigger('click')
  expect((again.get('textarea').element as HTMLTextAreaElement).value).toBe('互相帮助')
  await button(again, '放弃修改').trigger('click')
  await expect.poll(() => again.find('form').exists()).toBe(false)
  expect(made.filter(({ method }) => method === 'PUT')).toHaveLength(0)
})

test('a charter that is not settled yet stays open for writing when changes are given up', async () => {
  answers({})
  const draft = { ...charter, class_id: 'cls_4', version: 0, settled_at: null, signatures: [] }
  const page = await showPage(CharterEditor, { props: { classId: 'cls_4', charter: draft } })
  expect(page.text()).not.toContain('放弃修改')
  await page.get('textarea').setValue('我写了一半')
  await button(page, '放弃修改').trigger('click')
  asked.value?.answer(true)
  await settle()
  expect((page.get('textarea').element as HTMLTextAreaElement).value).toBe('互相帮助')
})

test('what is wrong with a clause stays with it when it is moved', async () => {
  const clauses = ['', '每周发言', '']
  const props = { classId: 'cls_8', charter: { ...charter, class_id: 'cls_8', clauses, signatures: [] } }
  answers({
    'PUT /api/v1/classes/cls_8/charter': reply(422, {
      code: 'request.invalid',
      title: '请改正标出的内容',
      errors: [{ pointer: '/clauses/1', code: 'too_short', detail: '太短' }],
    }),
  })
  const page = await showPage(CharterEditor, { props })
  await button(page, '修改契约').trigger('click')
  await page.get('textarea').setValue('互相帮助，互相提醒')
  await page.get('form').trigger('submit')
  await expect.poll(() => page.findAll('[aria-invalid="true"]')).toHaveLength(1)
  await button(page, '第 2 条上移').trigger('click')
  expect(page.get<HTMLTextAreaElement>('[aria-invalid="true"]').element.value).toBe('每周发言')
  await button(page, '删去第 2 条').trigger('click')
  expect(page.get<HTMLTextAreaElement>('[aria-invalid="true"]').element.value).toBe('每周发言')
})

test('what stands in the text word for word is not offered to be taken up', async () => {
  answers({})
  const same = { ...charter, class_id: 'cls_9', clauses: ['按时完成任务', ' 有问题随时问'] }
  const page = await showPage(CharterEditor, { props: { classId: 'cls_9', charter: same } })
  expect(page.text()).toContain('契约里已有这一条')
  expect(page.findAll('button').some((each) => each.text() === '采纳')).toBe(false)
  page.unmount()
})
