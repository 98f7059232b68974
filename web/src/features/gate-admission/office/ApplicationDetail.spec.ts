import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import ApplicationDetail from './ApplicationDetail.vue'

const question = (text: string) => [{ key: 'rural', text }]
const said = (statement: string, hours_a_week: number) => ({
  eligibility: { rural: true },
  willingness: {},
  hours_a_week,
  pledge: [],
  statement,
})

test('what a school judged is read beside its reason, with the questions of that time', async () => {
  answers({
    'GET /api/v1/applications/app_1': {
      id: 'app_1',
      training_id: 'trn_1',
      training_title: '复式教学',
      person: { id: 'per_1', name: '王秀兰' },
      state: 'submitted',
      version: 6,
      hours_a_week: 9,
      answers: said('另一套说法', 9),
      eligibility: question('换了一个问法？'),
      willingness: [],
      pledge: [],
      threshold: 0,
      steps: [
        {
          kind: 'submitted',
          reason: '',
          at: '2026-11-03T00:00:00Z',
          handed_in: {
            answers: said('教两个年级', 4),
            willingness_score: 8,
            eligibility: question('您在教学点任教吗？'),
            willingness: [],
            pledge: [],
          },
        },
        { kind: 'not_recommended', reason: '课时对不上', at: '2026-11-04T00:00:00Z', handed_in: null },
        { kind: 'withdrawn', reason: '', at: '2026-11-05T00:00:00Z', handed_in: null },
        {
          kind: 'submitted',
          reason: '',
          at: '2026-11-06T00:00:00Z',
          handed_in: {
            answers: said('另一套说法', 9),
            willingness_score: 8,
            eligibility: question('换了一个问法？'),
            willingness: [],
            pledge: [],
          },
        },
      ],
    },
  })
  const page = await showPage(ApplicationDetail, { props: { applicationId: 'app_1' } })
  await settle()
  const earlier = page.findAll('details')
  expect(earlier).toHaveLength(1)
  expect(earlier[0]?.text()).toContain('教两个年级')
  expect(earlier[0]?.text()).toContain('您在教学点任教吗？ 是')
  expect(page.text().match(/另一套说法/g)).toHaveLength(1)
  page.unmount()
})
