import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
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

test('what changed meanwhile is fetched, the reason stays, and the next press is about what stands there then', async () => {
  const made = answers({
    'POST /api/v1/staff-invitations/inv_1/end': (request: Request) =>
      request.headers.get('If-Match') === '"v3"'
        ? { invitation_id: 'inv_1', classes: [] }
        : reply(412, { code: 'edit.conflict', title: '您填写的内容还在，请刷新后再保存。' }),
  })
  const words = { text: '权限会立即结束', reason: '原因', hint: '本人会看到', action: '结束担任' }
  const props = { invitationId: 'inv_1', version: 2, words }
  const form = await showPage(EndStaffForm, { props })
  await form.get('textarea').setValue('工作调动')
  await form.setProps({ version: 3 })
  await form.get('form').trigger('submit')
  await settle()
  // It was begun over what was shown before.
  expect(made[0]?.headers.get('if-match')).toBe('"v2"')
  expect(form.text()).toContain('请重新核对后再决定')
  expect(form.text()).not.toContain('刷新')
  expect(form.get('textarea').element.value).toBe('工作调动')
  await form.get('form').trigger('submit')
  await settle()
  expect(form.emitted('ended')).toHaveLength(1)
})
