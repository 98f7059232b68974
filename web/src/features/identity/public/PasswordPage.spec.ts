import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import { toasts } from '@/shared/ui/useToast'
import PasswordPage from './PasswordPage.vue'

test('a new password is set by the current one, and nothing of either stays on the page', async () => {
  const made = answers({ 'POST /api/v1/me/password': reply(204) })
  const page = await showPage(PasswordPage, { at: '/my/password' })
  const [current, password, again] = page.findAll<HTMLInputElement>('input[type=password]')
  await password?.setValue('山里的孩子爱数学')
  await page.get('form').trigger('submit')
  expect(page.text()).toContain('请填写现在的密码')
  expect(page.text()).toContain('还差 2 个字符')
  expect(page.text()).toContain('两次输入的密码不一样')
  expect(made).toEqual([])
  await current?.setValue('原来的密码很长很长')
  await password?.setValue('山里的孩子也爱学数学')
  await again?.setValue('山里的孩子也爱学数学')
  await page.get('form').trigger('submit')
  await settle()
  expect(made[0]?.body).toEqual({ current: '原来的密码很长很长', password: '山里的孩子也爱学数学' })
  expect(toasts.value.at(-1)?.text).toContain('其他设备')
  expect(page.findAll<HTMLInputElement>('input[type=password]').map((input) => input.element.value)).toEqual([
    '',
    '',
    '',
  ])
})

test('a wrong current password is told beside it, in English too', async () => {
  answers({
    'POST /api/v1/me/password': reply(422, {
      code: 'password.wrong',
      title: 'The current password is wrong; nothing was changed.',
      errors: [{ pointer: '/current', code: 'wrong', detail: 'This is not your password.' }],
    }),
  })
  const page = await showPage(PasswordPage, { at: '/my/password', language: 'en' })
  expect(page.text()).toContain('Current password')
  const [current, password, again] = page.findAll('input[type=password]')
  await current?.setValue('not the one')
  await password?.setValue('correct horse battery')
  await again?.setValue('correct horse battery')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.text()).toContain('This is not your password.')
})
