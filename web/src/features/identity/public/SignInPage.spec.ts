import { beforeEach, expect, test } from 'vitest'
import { deviceDb } from '@/shared/outbox/db'
import { answers, keepDraft, reply, settle, showPage, wang } from '@/shared/testing/page'
import { useSession } from '@/shared/session/session'
import { tokens } from '@/shared/session/token'
import SignInPage from './SignInPage.vue'

const grant = {
  access_token: 'token',
  expires_at: '2026-11-21T12:00:00Z',
  ...wang,
}

const over = '登录已失效，请重新登录。'
const kept = '您写的内容还在这台设备上。'
const refused = { 'POST /api/v1/session/refresh': reply(401, {}) }

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

test('a person with the right password is signed in and sees the page they wanted', async () => {
  const made = answers({ 'POST /api/v1/sign-in': grant })
  const page = await showPage(SignInPage, { me: null, at: '/sign-in?next=/learn/me' })
  await page.get('input[autocomplete=username]').setValue(' 13800000001 ')
  await page.get('input[autocomplete=current-password]').setValue('right')
  await page.get('form').trigger('submit')
  await settle()
  expect(made[0]?.body).toEqual({ login: '13800000001', password: 'right' })
  expect(made[0]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/)
  expect(tokens.token).toBe('token')
  expect(useSession().me?.person.name).toBe('王秀兰')
  expect(page.vm.$route.fullPath).toBe('/learn/me')
})

test('a wrong password is said in the words of the server, and what was typed stays', async () => {
  answers({
    'POST /api/v1/sign-in': reply(401, {
      code: 'sign_in.refused',
      title: '手机号、账号或密码不对',
      status: 401,
    }),
  })
  const page = await showPage(SignInPage, { me: null })
  await page.get('input[autocomplete=username]').setValue('wangxl')
  await page.get('input[autocomplete=current-password]').setValue('wrong')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.get('[role=alert]').text()).toContain('手机号、账号或密码不对')
  expect(page.get<HTMLInputElement>('input[autocomplete=username]').element.value).toBe('wangxl')
})

test('whoever was shut out by another phone reads so, and stays signed out', async () => {
  const title = '这个账号的手机号已于 2026年11月2日 由管理单位更改，请马上给您的学校打电话核实。'
  answers({
    'POST /api/v1/sign-in': reply(403, { code: 'sign_in.phone_changed', title, status: 403 }),
  })
  const page = await showPage(SignInPage, { me: null, at: '/sign-in' })
  await page.get('input[autocomplete=username]').setValue('16000001001')
  await page.get('input[autocomplete=current-password]').setValue('right')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.get('[role=alert]').text()).toContain(title)
  expect(page.vm.$route.path).toBe('/sign-in')
  expect(useSession().me ?? null).toBeNull()
})

test('empty fields are named without asking the server', async () => {
  const made = answers({})
  const page = await showPage(SignInPage, { me: null, language: 'en' })
  await page.get('form').trigger('submit')
  expect(page.text()).toContain('Enter your password')
  expect(page.get('input[autocomplete=username]').attributes('aria-invalid')).toBe('true')
  expect(made).toHaveLength(0)
})

test('an address of another site is not followed after signing in', async () => {
  answers({ 'POST /api/v1/sign-in': grant })
  const page = await showPage(SignInPage, { me: null, at: '/sign-in?next=//evil.example' })
  await page.get('input[autocomplete=username]').setValue('wangxl')
  await page.get('input[autocomplete=current-password]').setValue('right')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.vm.$route.fullPath).toBe('/')
})

test.each([
  ['zh-CN', over, kept],
  ['en', 'Your session has ended. Please sign in again.', 'What you wrote is still on this device.'],
] as const)(
  'in %s it says that the session has ended, and what the device keeps',
  async (language, ended, words) => {
    answers(refused)
    await keepDraft('reflection:tsk_1', '写到一半')
    const page = await showPage(SignInPage, { language })
    await tokens.renew()
    await expect.poll(() => page.find('[role=alert]').text()).toBe(`${ended}${words}`)
  },
)

test('of words that are not there, or are somebody else’s, nothing is said', async () => {
  answers(refused)
  await keepDraft('reflection:tsk_1', '别人的', 'per_li')
  const page = await showPage(SignInPage)
  await tokens.renew()
  await expect.poll(() => page.find('[role=alert]').exists()).toBe(true)
  expect(page.get('[role=alert]').text()).toBe(over)
})

test.each([
  ['who signs out', () => useSession().signOut()],
  ['who signs out in another tab', () => Promise.resolve(tokens.end())],
])('%s is told of no ended session', async (_, leave) => {
  answers({ ...refused, 'POST /api/v1/sign-out': reply(401, {}) })
  await keepDraft('reflection:tsk_1', '写到一半')
  const page = await showPage(SignInPage)
  await leave()
  await settle()
  expect(page.text()).not.toContain('登录已失效')
})

test('a stranger is told of no ended session', async () => {
  answers(refused)
  const page = await showPage(SignInPage, { me: null })
  await useSession().start()
  await settle()
  expect(page.text()).not.toContain('登录已失效')
})
