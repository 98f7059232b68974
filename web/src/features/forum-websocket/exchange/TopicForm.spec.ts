import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import TopicForm from './TopicForm.vue'

test('what was missing is said of a field no more once it is there', async () => {
  answers({})
  const props = { classId: 'cls_1', kind: 'discussion', place: 'learn' } as const
  const form = await showPage(TopicForm, { props })
  await form.get('form').trigger('submit')
  await settle()
  expect(form.findAll('.problem[role=alert]')).toHaveLength(2)
  await form.get('input').setValue('大家怎么分组？')
  await settle()
  const left = form.findAll('.problem[role=alert]')
  expect(left).toHaveLength(1)
  expect(form.get('textarea').attributes('aria-invalid')).toBe('true')
})
