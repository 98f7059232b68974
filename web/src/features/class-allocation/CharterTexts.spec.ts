import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import CharterTexts from './CharterTexts.vue'

const VISION = '  一起把课上好\n每天进步一点 \n'
const CLAUSE = ' 第一行\n\n  第二行\t'
const text = (version: number, more = {}) => ({
  version,
  vision: `愿景 ${version}`,
  clauses: [`条款 ${version}`],
  settled_by: 'per_2',
  settled_by_name: '李婷',
  settled_at: '2026-11-02T01:00:00Z',
  signatures: [{ person_id: 'per_3', name: '何秀兰', signed_at: '2026-11-02T03:00:00Z' }],
  my_signature_at: null,
  ...more,
})
const signed = text(1, {
  vision: VISION,
  clauses: [CLAUSE],
  my_signature_at: '2026-11-02T03:00:00Z',
})

async function open(place: 'learn' | 'teach', language: 'zh-CN' | 'en' = 'zh-CN') {
  const made = answers({
    'GET /api/v1/classes/cls_1/charter/texts?limit=10': { items: [text(3), text(2)], next: '2' },
    'GET /api/v1/classes/cls_1/charter/texts?limit=10&after=2': { items: [signed] },
  })
  const page = await showPage(CharterTexts, { props: { classId: 'cls_1', place }, language })
  const details = page.get('details')
  ;(details.element as HTMLDetailsElement).open = true
  await details.trigger('toggle')
  await settle()
  return { page, made }
}

test('nothing is asked before it is wanted', async () => {
  const made = answers({})
  await showPage(CharterTexts, { props: { classId: 'cls_1', place: 'learn' } })
  expect(made).toHaveLength(0)
})

test('what was signed stands there to the byte, with the time of the signature, page by page', async () => {
  const { page } = await open('learn')
  expect(page.text()).toContain('愿景 3')
  expect(page.text()).not.toContain('您已于')
  await page.findAll('button').at(-1)?.trigger('click')
  await settle()
  expect(page.findAll('blockquote').at(-1)?.element.textContent).toBe(VISION)
  expect(page.findAll('ol ol li').at(-1)?.element.textContent).toBe(CLAUSE)
  expect(page.text()).toContain('您已于')
  // A learner reads what they signed; who else signed is for those who lead the class.
  expect(page.text()).not.toContain('何秀兰')
  expect(page.find('button').exists()).toBe(false)
})

test('staff see who signed which text, in their language', async () => {
  const { page } = await open('teach', 'en')
  expect(page.findAll('.signers')).toHaveLength(2)
  expect(page.text()).toContain('Signed by 1')
  expect(page.text()).toContain('Settled by 李婷 on Nov 2, 2026')
})
