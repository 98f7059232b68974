import { expect, test } from 'vitest'
import { RouterLink } from 'vue-router'
import { answers, showPage, wang } from '@/shared/testing/page'
import PublicLayout from './PublicLayout.vue'

test.each(['/recruitment/trn_1', '/verify/LX-2026?k=abc', '/verify'])(
  'from %s a stranger finds the way to sign in, and back',
  async (at) => {
    answers({})
    const page = await showPage(PublicLayout, { at, me: null })
    const signIn = page.findAllComponents(RouterLink).find((link) => link.text() === '登录')
    expect(signIn?.props('to')).toEqual({ name: 'identity.sign-in', query: { next: at } })
  },
)

test('whoever is signed in has their own menu instead', async () => {
  answers({})
  const page = await showPage(PublicLayout, { me: wang })
  expect(page.findAll('a').some((link) => link.text() === '登录')).toBe(false)
  expect(page.text()).toContain(wang.person.name)
})
