import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import ApplicationDetail from './ApplicationDetail.vue'
import RecommendForm from './RecommendForm.vue'
import type { Application } from './queries'

const RecommendedOn = defineComponent({
  setup: () => () =>
    h(
      ApplicationDetail,
      { applicationId: 'app_1' },
      {
        default: (shown: { application: Application }) =>
          h(RecommendForm, { application: shown.application }),
      },
    ),
})

test('an application that changed under the school is fetched; what the school wrote stays, and goes over the newest', async () => {
  const first = {
    id: 'app_1',
    training_id: 'trn_1',
    training_title: '复式教学',
    person: { id: 'per_1', name: '王秀兰' },
    state: 'submitted',
    version: 3,
    answers: { eligibility: {}, willingness: {}, pledge: [], statement: '教两个年级' },
    eligibility: [],
    willingness: [],
    pledge: [],
    steps: [],
    threshold: 0,
  }
  let now = first
  const tags: (string | null)[] = []
  answers({
    'GET /api/v1/applications/app_1': () => now,
    'POST /api/v1/applications/app_1/recommend': (request: Request) => {
      tags.push(request.headers.get('if-match'))
      if (now !== first) return { ...now, state: 'recommended', version: 5 }
      now = { ...first, version: 4, answers: { ...first.answers, statement: '教三个年级' } }
      return reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' })
    },
  })
  const page = await showPage(RecommendedOn)
  await settle()
  await page.get('textarea').setValue('教学认真')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.text()).toContain('教三个年级')
  expect(page.text()).toContain('请重新核对后再决定')
  expect(page.text()).not.toContain('保存')
  expect(page.get('textarea').element.value).toBe('教学认真')
  await page.get('form').trigger('submit')
  await settle()
  expect(tags).toEqual(['"v3"', '"v4"'])
})
