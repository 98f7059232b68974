import { expect, test } from 'vitest'
import { answers, showPage } from '@/shared/testing/page'
import BatchEntries from './BatchEntries.vue'

const entry = (id: string, over: object = {}) => ({
  id,
  person_id: `per_${id}`,
  unit_name: '石桥教学点',
  decision: 'open',
  missing_glyphs: [],
  unprintable: false,
  earlier: [],
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
  ...over,
})

/** The names of the learners, each with what stands below it. */
async function names(entries: object[], language?: 'en') {
  answers({})
  const detail = { batch: { id: 'bat_1' }, entries }
  const props = { detail, selected: [], selectable: false, mayRemove: false, mayRevoke: false }
  const page = await showPage(BatchEntries, { props, ...(language && { language }) })
  return page
    .findAll('strong')
    .map((name) => name.element.parentElement?.textContent?.replace(/\s+/g, ' ').trim())
}

test('a name that was corrected is marked with what it was, and no other is', async () => {
  const corrected = entry('ben_1', { name_was: '王小兰' })
  expect(await names([corrected, entry('ben_2'), entry('ben_3', { name_was: null })])).toEqual([
    '王晓兰姓名已更正，原为“王小兰”',
    '王晓兰',
    '王晓兰',
  ])
})

test('the mark is read in English too, beside what cannot be printed', async () => {
  const corrected = entry('ben_1', { name_was: '王小兰', missing_glyphs: ['䶮'] })
  const [said] = await names([corrected], 'en')
  expect(said).toContain('Name corrected; it was 王小兰')
  expect(said).toContain('䶮')
})
