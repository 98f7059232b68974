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

test('a reason outlives a killed tab, for this application alone, until it is sent', async () => {
  answers({ 'POST /api/v1/applications/app_7/end': { application_id: 'app_7', class_id: 'cls_1' } })
  const words = { text: '权限会立即结束', reason: '原因', hint: '双方都会看到', action: '退出培训' }
  const open = async (applicationId: string) => {
    const form = await showPage(EndAdmissionForm, { props: { applicationId, version: 4, words } })
    await settle()
    return form
  }
  const typed = async (applicationId: string) => (await open(applicationId)).get('textarea').element.value
  const first = await open('app_7')
  await first.get('textarea').setValue('家里老人生病，这学期走不开')
  first.unmount()
  await expect.poll(() => typed('app_7')).toBe('家里老人生病，这学期走不开')
  expect(await typed('app_8')).toBe('')
  const again = await open('app_7')
  await again.get('form').trigger('submit')
  await expect.poll(() => again.emitted('ended')).toHaveLength(1)
  expect(await typed('app_7')).toBe('')
})
