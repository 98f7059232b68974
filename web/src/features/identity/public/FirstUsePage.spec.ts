import { expect, test } from 'vitest'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import FirstUsePage from './FirstUsePage.vue'
import { strengthOf } from './strength'

const account = { name: '王秀兰', account_name: 'wangxl' }
const grant = {
  access_token: 'token',
  expires_at: '2026-11-21T12:00:00Z',
  ...wang,
}

test('the one-time link leads to an own password and straight in', async () => {
  const made = answers({
    'GET /api/v1/first-use/abc': account,
    'POST /api/v1/first-use': reply(204),
    'POST /api/v1/sign-in': grant,
  })
  const page = await showPage(FirstUsePage, { me: null, at: '/first-use?token=abc' })
  expect(page.text()).toContain('王秀兰，您好')
  const [password, again] = page.findAll('input[type=password]')
  await password?.setValue('山里的孩子爱数学')
  await page.get('form').trigger('submit')
  expect(page.text()).toContain('还差 2 个字符')
  await password?.setValue('山里的孩子也爱学数学')
  await again?.setValue('山里的孩子也爱学数学')
  await page.get('form').trigger('submit')
  await settle()
  expect(made.map((request) => `${request.method} ${request.path}`)).toEqual([
    'GET /api/v1/first-use/abc',
    'POST /api/v1/first-use',
    'POST /api/v1/sign-in',
  ])
  expect(made[2]?.body).toEqual({ login: 'wangxl', password: '山里的孩子也爱学数学' })
  expect(page.vm.$route.path).toBe('/')
})

test.each([
  [wang, true],
  [null, false],
])('whose session on this device the link replaces is said before it does', async (me, isSaid) => {
  answers({ 'GET /api/v1/first-use/abc': { name: '李明', account_name: 'liming' } })
  const page = await showPage(FirstUsePage, { me, at: '/first-use?token=abc' })
  expect(page.text().includes('现在登录的是 王秀兰')).toBe(isSaid)
  page.unmount()
})

test('a used link says so, and leads to the sign-in', async () => {
  answers({
    'GET /api/v1/first-use/old': reply(404, { code: 'not_found', title: '链接已经用过，或者过期了' }),
  })
  const page = await showPage(FirstUsePage, { me: null, at: '/first-use?token=old' })
  expect(page.text()).toContain('链接已经用过')
  expect(page.get('a[href="/sign-in"]').text()).toBe('已经设过密码？去登录')
})

test('a link without its token asks for the whole link', async () => {
  const page = await showPage(FirstUsePage, { me: null, at: '/first-use', language: 'en' })
  expect(page.text()).toContain('This link is not complete')
})

test.each([
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['short', 'weak'],
  ['1234567890', 'fair'],
  ['correct horse battery', 'good'],
] as const)('%s is %s', (password, strength) => {
  expect(strengthOf(password)).toBe(strength)
})
