import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import VideoUpload from './VideoUpload.vue'

test('what was missing is said of a field no more once it is there', async () => {
  answers({})
  const form = await showPage(VideoUpload, { props: { trainingId: 'trn_1' } })
  await form.get('form').trigger('submit')
  await settle()
  expect(form.findAll('[role=alert]').map((mark) => mark.text())).toEqual(['请填写这一项。', '请选择文件'])
  await form.get('input').setValue('复式课的一节')
  await settle()
  expect(form.findAll('[role=alert]').map((mark) => mark.text())).toEqual(['请选择文件'])
})
