import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import EndStaffForm from './EndStaffForm.vue'

test('a part ends with a reason, by the version that was shown, and what needs somebody else is told', async () => {
  const ended = {
    invitation_id: 'inv_1',
    classes: [{ class_id: 'cls_1', name: '一班', role: 'assistant', needs_another: true }],
  }
  const made = answers({ 'POST /api/v1/staff-invitations/inv_1/end': ended })
  const words = { text: '权限会立即结束', reason: '原因', hint: '本人会看到', action: '结束担任' }
  const form = await showPage(EndStaffForm, { props: { invitationId: 'inv_1', version: 2, words } })
  await form.get('form').trigger('submit')
  expect(made).toHaveLength(0)
  await form.get('textarea').setValue('工作调动')
  await form.get('form').trigger('submit')
  await settle()
  expect(made[0]?.headers.get('if-match')).toBe('"v2"')
  expect(made[0]?.body).toEqual({ reason: '工作调动' })
  expect(form.emitted('ended')).toEqual([[ended]])
})
