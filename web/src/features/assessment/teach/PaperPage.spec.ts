import { beforeEach, expect, test } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, keepDraft, reply, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import { blankPaper, newItem, toEdit } from './paperForm'
import PaperPage from './PaperPage.vue'

const PAPER = 'GET /api/v1/trainings/trn_1/test-papers/pap_1'
const content = blankPaper('第一卷')
const paper = (state: 'draft' | 'published', version: number) => ({ id: 'pap_1', state, version, content })

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

async function typed(title: string) {
  const value = { ...toEdit(content), title }
  const kept = { version: 1, value, base: toEdit(content), tried: [] }
  await keepDraft('paper:pap_1', kept)
}

test('what was typed of a paper that somebody else has published stays to be read, and is not counted as unsent', async () => {
  await typed('我改到一半的标题')
  answers({ [PAPER]: paper('published', 2) })
  const page = await showPage(PaperPage, { props: { trainingId: 'trn_1', paperId: 'pap_1' } })
  await expect.poll(() => page.text()).toContain('我改到一半的标题')
  // Only what differs from what stands there.
  expect(page.get('.written').text()).not.toContain('15')
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})

test('a published paper says how it is taken', async () => {
  answers({ [PAPER]: paper('published', 2) })
  const page = await showPage(PaperPage, { props: { trainingId: 'trn_1', paperId: 'pap_1' } })
  for (const rule of ['限时（分钟）：', '可做次数：', '多选题漏选：', '正确答案和解析：']) {
    expect(page.text()).toContain(rule)
  }
})

test('words that are those of the published paper are left over from nothing', async () => {
  await typed(content.title)
  answers({ [PAPER]: paper('published', 2) })
  const page = await showPage(PaperPage, { props: { trainingId: 'trn_1', paperId: 'pap_1' } })
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
  await settle()
  expect(page.find('.written').exists()).toBe(false)
})

test('when the training is over a paper that was never published is only read', async () => {
  answers({
    [PAPER]: paper('draft', 1),
    'GET /api/v1/trainings': { items: [{ id: 'trn_1', title: '复式教学', state: 'closed' }], next: null },
  })
  const page = await showPage(PaperPage, { props: { trainingId: 'trn_1', paperId: 'pap_1' } })
  await settle()
  expect(page.find('form').exists()).toBe(false)
  expect(page.text()).toContain('第一卷')
})

test('a paper that somebody else changed meanwhile is shown before it is published', async () => {
  let stored = paper('draft', 1)
  const made = answers({
    [PAPER]: () => stored,
    'POST /api/v1/trainings/trn_1/test-papers/pap_1/publish': async (request: Request) => {
      if (((await request.json()) as { version: number }).version === 2) return paper('published', 3)
      stored = { ...paper('draft', 2), content: { ...content, title: '别人写的标题' } }
      return reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' })
    },
  })
  const page = await showPage(PaperPage, { props: { trainingId: 'trn_1', paperId: 'pap_1' } })
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
  expect(made.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
    { version: 1 },
    { version: 2 },
  ])
})

test('what a publication lacks stays with its item when that is moved, and is old once something is typed', async () => {
  const [first, second] = ['甲', '乙'].map((stem, at) => {
    const item = newItem('single', { yes: '对', no: '错' })
    return { ...item, id: `itm_${at}`, version: 1, stem }
  })
  answers({
    [PAPER]: { ...paper('draft', 1), content: { ...content, items: [first, second] } },
    'POST /api/v1/trainings/trn_1/test-papers/pap_1/publish': reply(422, {
      code: 'paper.incomplete',
      title: '这份试卷还不能发布',
      errors: [{ pointer: '/items/1', code: 'no_right', detail: '还没有标出正确答案' }],
    }),
  })
  const page = await showPage(PaperPage, { props: { trainingId: 'trn_1', paperId: 'pap_1' } })
  await page
    .findAll('button')
    .find((one) => one.text() === '发布')
    ?.trigger('click')
  asked.value?.answer(true)
  await settle()
  const marked = () =>
    page
      .findAll('section, article, .card')
      .filter((card) => card.find('p[role=alert]').exists())
      .map((card) => card.findAll('textarea')[0]?.element.value)
  expect(page.text()).toContain('这份试卷还不能发布')
  expect(marked()).toEqual(['乙'])
  await page.findAll('button[aria-label="上移"]')[1]?.trigger('click')
  await settle()
  expect(page.findAll('textarea').map((one) => one.element.value)).toContain('乙')
  expect(marked()).toEqual(['乙'])
  expect(page.text()).not.toContain('这份试卷还不能发布')
})

test('what a saving was refused for stays with its item and its option when others go', async () => {
  const items = ['甲', '乙'].map((stem, at) => {
    const item = newItem('single', { yes: '对', no: '错' })
    return { ...item, id: `itm_${at}`, version: 1, stem }
  })
  answers({
    [PAPER]: { ...paper('draft', 1), content: { ...content, items } },
    'PUT /api/v1/trainings/trn_1/test-papers/pap_1': reply(422, {
      code: 'request.invalid',
      title: '请改正标出的内容',
      errors: [{ pointer: '/items/1/options/2/text', code: 'required', detail: '请填写' }],
    }),
  })
  const page = await showPage(PaperPage, { props: { trainingId: 'trn_1', paperId: 'pap_1' } })
  await settle()
  await page.get('form').trigger('submit')
  await expect.poll(() => page.findAll('[aria-invalid="true"]')).toHaveLength(1)
  const label = () => {
    const input = page.get('[aria-invalid="true"]')
    return page.get(`label[for="${input.attributes('id') ?? ''}"]`).text()
  }
  const first = label()
  await page.findAll('button[aria-label="删除这道题"]')[0]?.trigger('click')
  await page.findAll('button[aria-label^="删除选项"]')[0]?.trigger('click')
  expect(page.findAll('[aria-invalid="true"]')).toHaveLength(1)
  expect(label()).toBe(first)
})
