// Answers which routes and navigation entries exist: every feature's `routes.ts`, hung under the layout of its place.
import type { RouteRecordRaw } from 'vue-router'
import type { Feature, FeatureRoute, NavEntry, Place, Role } from '@/shared/feature'
import { useSession } from '@/shared/session/session'
import LearnLayout from '../layouts/LearnLayout.vue'
import PublicLayout from '../layouts/PublicLayout.vue'

declare module 'vue-router' {
  interface RouteMeta {
    place?: Place
    roles?: readonly Role[]
    signedIn?: boolean
    bare?: boolean
    wide?: boolean
  }
}

const features = Object.values(
  import.meta.glob<Feature>('../../features/*/routes.ts', { eager: true, import: 'default' }),
)
const all = features.flatMap((feature) => feature.routes)

export function navOf(place: Place, slot: 'main' | 'me' = 'main'): NavEntry[] {
  return features
    .flatMap((feature) => feature.nav ?? [])
    .filter((entry) => entry.place === place && (entry.slot ?? 'main') === slot)
    .sort((one, other) => one.order - other.order)
}

/** The learner's layout is at hand in the entry; the others come with their place. */
export function placeRoutes(): RouteRecordRaw[] {
  return [
    { path: '/', component: PublicLayout, children: recordsOf('public') },
    { path: '/learn', component: LearnLayout, children: recordsOf('learn') },
    {
      path: '/teach',
      component: () => import('../layouts/TeachLayout.vue'),
      children: [
        ...homeRecord('teach'),
        ...recordsOf('teach', (route) => !route.desk),
        {
          path: '',
          component: () => import('@/shared/desk/DeskFrame.vue'),
          children: recordsOf('teach', (route) => route.desk === true),
        },
      ],
    },
    {
      path: '/office',
      component: () => import('../layouts/OfficeLayout.vue'),
      children: [...homeRecord('office'), ...recordsOf('office')],
    },
  ]
}

/** A place without a page of its own at its root starts with its first entry: the queue, the trainings. */
function homeRecord(place: Place): RouteRecordRaw[] {
  if (all.some((route) => route.place === place && route.path === '')) return []
  const enter = () => ({ name: firstEntry(place), replace: true })
  // Not a redirect: only once the guard has brought the session is it known which entries are open.
  return [{ path: '', name: `app.${place}`, meta: { place }, component: () => null, beforeEnter: enter }]
}

function firstEntry(place: Place): string {
  const held = useSession().me?.grants.map((grant) => grant.role) ?? []
  const open = (name: string) => {
    const roles = all.find((route) => route.name === name)?.roles
    return !roles || roles.some((role) => held.includes(role))
  }
  // Notices come first in the bar, but nobody's work starts there.
  const work = navOf(place).filter((entry) => !entry.to.startsWith('notification.'))
  return work.find((entry) => open(entry.to))?.to ?? `notification.${place}`
}

function recordsOf(place: Place, pick: (route: FeatureRoute) => boolean = () => true): RouteRecordRaw[] {
  return all
    .filter((route) => route.place === place && pick(route))
    .map(({ path, name, component, roles, signedIn, bare, wide }) => ({
      path,
      name,
      component,
      props: true,
      meta: { place, roles, signedIn, bare, wide },
    }))
}
