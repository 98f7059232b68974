import { expect, test } from 'vitest'
import { answers, reply, showPage } from '@/shared/testing/page'
import ClassesPage from './ClassesPage.vue'
import ClassPage from './ClassPage.vue'

const mine = {
  class_id: 'cls_1',
  number: 1,
  name: '一班',
  training_id: 'trn_1',
  training_title: '复式教学',
  training_title_en: 'Mixed grades',
  training_state: 'running',
  my_role: 'learner',
  charter_is_settled: true,
  charter_signed_at: null,
}
const people = {
  items: [
    {
      person_id: 'per_2',
      name: '李婷',
      role: 'assistant',
      county: '通渭县',
      org_unit_name: '通渭县青石湾镇中心校',
    },
    { person_id: 'per_3', name: '何秀兰', role: 'learner', county: '通渭县', subject: '全科', years: 22 },
  ],
}

test('one class is shown at once, with who leads it and who is in it', async () => {
  answers({
    'GET /api/v1/my/classes': { items: [mine] },
    'GET /api/v1/classes/cls_1': { ...mine, id: 'cls_1', version: 1 },
    'GET /api/v1/classes/cls_1/members': people,
  })
  const page = await showPage(ClassesPage)
  expect(page.text()).toContain('一班')
  expect(page.text()).toContain('李婷助教 · 通渭县青石湾镇中心校')
  expect(page.text()).toContain('何秀兰通渭县 · 全科 · 教龄 22 年')
  // The charter could not be fetched; that does not hide the class.
  expect(page.find('[role="alert"]').exists()).toBe(true)
})

test('a class that is not there is said once, with a way back and none on', async () => {
  answers({ 'GET /api/v1/classes/cls_9': reply(404, { code: 'not_found' }) })
  const page = await showPage(ClassPage, { props: { classId: 'cls_9' } })
  expect(page.findAll('[role="alert"]')).toHaveLength(1)
  expect(page.findAll('button')).toHaveLength(0)
  expect(page.findAll('a')).toHaveLength(1)
})

test('several classes are a choice, and classes that one leads are not among them', async () => {
  answers({
    'GET /api/v1/my/classes': {
      items: [
        mine,
        { ...mine, class_id: 'cls_2', name: '五班' },
        { ...mine, class_id: 'cls_3', name: '七班', my_role: 'assistant' },
      ],
    },
  })
  const page = await showPage(ClassesPage)
  expect(page.text()).toContain('五班')
  expect(page.text()).not.toContain('七班')
})

test('nobody without a class is left wondering', async () => {
  answers({ 'GET /api/v1/my/classes': { items: [] } })
  const page = await showPage(ClassesPage)
  expect(page.text()).toContain('分班公布后，您会收到通知')
})
