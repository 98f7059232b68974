import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import EndAdmissionForm from './EndAdmissionForm.vue'

test('learning ends with a reason, by the version that was shown', async () => {
  const ended = { application_id: 'app_1', class_id: 'cls_1' }
  const made = answers({ 'POST /api/v1/applications/app_1/end': ended })
  const words = { text: '权限会立即结束', reason: '原因', hint: '双方都会看到', action: '退出培训' }
  const form = await showPage(EndAdmissionForm, { props: { applicationId: 'app_1', version: 4, words } })
  await form.get('form').trigger('submit')
  expect(made).toHaveLength(0)
  await form.get('textarea').setValue('家庭原因')
  await form.get('form').trigger('submit')
  await settle()
  expect(made[0]?.headers.get('if-match')).toBe('"v4"')
  expect(made[0]?.body).toEqual({ reason: '家庭原因' })
  expect(form.emitted('ended')).toEqual([[ended]])
})
