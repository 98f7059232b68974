// Answers where every address leads.
import type { QueryClient } from '@tanstack/vue-query'
import { nextTick } from 'vue'
import {
  createRouter,
  createWebHistory,
  type Router,
  type RouteRecordRaw,
  type RouterHistory,
} from 'vue-router'
import { usePreferences } from '@/shared/session/preferences'
import { useSession } from '@/shared/session/session'
import HomePage from '../pages/HomePage.vue'
import OfflinePage from '../pages/OfflinePage.vue'
import PublicLayout from '../layouts/PublicLayout.vue'
import { placeRoutes } from './collect'
import { createGuard, needsPerson } from './guard'
import { takeOverRelease } from '../takeOver'
import { homeOf } from './home'

const RELOADED = 'lingxue.reloaded'

export function createAppRouter(queries: QueryClient, history: RouterHistory = createWebHistory()): Router {
  const router = createRouter({
    history,
    routes: [...ownRoutes(), ...placeRoutes()],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
  router.beforeEach(createGuard(queries))
  router.afterEach((to, from, failure) => {
    if (failure) return
    sessionStorage.removeItem(RELOADED)
    const { place } = to.meta
    if (place && place !== 'public') usePreferences().lastPlace = place
    if (from.matched.length > 0 && to.path !== from.path) void focusMain()
  })
  router.onError((_cause, to) => {
    if (to.name !== 'app.offline') void recover(router, to.fullPath)
  })
  return router
}

/** The session ended while a page was open, here or in another tab. */
export function leaveWhenSignedOut(router: Router) {
  const session = useSession()
  const check = () => {
    const to = router.currentRoute.value
    if (session.phase === 'out' && needsPerson(to)) {
      void router.replace({ name: 'identity.sign-in', query: { next: to.fullPath } })
    }
  }
  session.$subscribe(check)
  // On a slow network the server's no may come while the page is still being fetched.
  router.afterEach((_to, _from, failure) => {
    if (!failure) check()
  })
}

function ownRoutes(): RouteRecordRaw[] {
  const pages: RouteRecordRaw[] = [
    {
      path: '',
      name: 'app.home',
      component: HomePage,
      meta: { signedIn: true },
      beforeEnter: () => homeOf() ?? true,
    },
    { path: 'offline', name: 'app.offline', component: OfflinePage },
    { path: ':path(.*)*', name: 'app.missing', component: () => import('../pages/MissingPage.vue') },
  ]
  if (import.meta.env.DEV) {
    pages.push({ path: 'kit', name: 'app.kit', component: () => import('../pages/KitPage.vue') })
  }
  return [{ path: '/', component: PublicLayout, children: pages }]
}

/** A chunk did not come: after a release the old one is gone and the new release helps; otherwise there is no network. */
async function recover(router: Router, path: string) {
  if (navigator.onLine && sessionStorage.getItem(RELOADED) !== path) {
    sessionStorage.setItem(RELOADED, path)
    await takeOverRelease()
    location.assign(path)
    return
  }
  await router.replace({ name: 'app.offline', query: { to: path } })
}

/** A screen reader starts at the new page, not at the link that is gone. */
async function focusMain() {
  await nextTick()
  document.getElementById('main')?.focus({ preventScroll: true })
}
