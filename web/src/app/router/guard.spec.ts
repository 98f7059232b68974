import { QueryClient } from '@tanstack/vue-query'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { createMemoryHistory, createRouter, type RouteLocationNormalized, type RouteMeta } from 'vue-router'
import { useSession } from '@/shared/session/session'
import { tokens } from '@/shared/session/token'
import { answers, reply, settle, wang } from '@/shared/testing/page'
import { leaveWhenSignedOut } from '.'
import { createGuard } from './guard'
import { homeOf } from './home'

const grant = {
  access_token: 'token',
  expires_at: '2026-11-21T12:00:00Z',
  ...wang,
}

function to(fullPath: string, meta: RouteMeta, name = 'spec.page') {
  return { fullPath, path: fullPath, meta, name } as unknown as RouteLocationNormalized
}

beforeEach(() => {
  tokens.end()
  localStorage.clear()
  setActivePinia(createPinia())
})

test('nobody signed in is asked to sign in, and comes back to the page they wanted', async () => {
  answers({ 'POST /api/v1/session/refresh': reply(401, {}) })
  const guard = createGuard(new QueryClient())
  expect(await guard(to('/learn/me', { place: 'learn' }))).toEqual({
    name: 'identity.sign-in',
    query: { next: '/learn/me' },
  })
})

test('public pages do not wait for a session', async () => {
  const made = answers({})
  expect(await createGuard(new QueryClient())(to('/sign-in', { place: 'public' }))).toBe(true)
  expect(made).toHaveLength(0)
})

test('without a network and without a memory of anybody, the page says it is not here', async () => {
  answers({})
  expect(await createGuard(new QueryClient())(to('/learn', { place: 'learn' }))).toMatchObject({
    name: 'app.offline',
  })
})

test('a person enters their places; another place leads home; a page of another role is missing', async () => {
  answers({ 'POST /api/v1/session/refresh': grant })
  const guard = createGuard(new QueryClient())
  expect(await guard(to('/learn', { place: 'learn' }))).toBe(true)
  expect(await guard(to('/office', { place: 'office' }))).toEqual({ name: 'app.home' })
  expect(await guard(to('/learn/x', { place: 'learn', roles: ['expert'] }))).toMatchObject({
    name: 'app.missing',
  })
  expect(homeOf()).toBe('/learn')
})

test('home is the place used last, while the person still has it', () => {
  const session = useSession()
  session.$patch({ me: { ...wang, places: ['learn', 'office'] }, phase: 'in' })
  localStorage.setItem('lingxue.preferences', JSON.stringify({ lastPlace: 'office' }))
  expect(homeOf()).toBe('/office')
  session.$patch({ me: { ...wang, places: [] } })
  expect(homeOf()).toBeUndefined()
})

test('a session that ends while a page is being fetched leads to the sign-in, not into a page without a person', async () => {
  const session = useSession()
  session.$patch({ me: wang, phase: 'remembered' })
  let arrive: (page: { template: string }) => void = () => undefined
  const slow = () => new Promise<{ template: string }>((resolve) => (arrive = resolve))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/sign-in', name: 'identity.sign-in', component: {} },
      { path: '/learn/week', meta: { place: 'learn' }, component: slow },
    ],
  })
  leaveWhenSignedOut(router)
  const entering = router.push('/learn/week')
  await settle()
  session.$patch({ me: undefined, phase: 'out' })
  arrive({ template: '' })
  await entering
  await settle()
  expect(router.currentRoute.value.fullPath).toBe('/sign-in?next=/learn/week')
})
