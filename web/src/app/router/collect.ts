// Answers which routes and navigation entries exist: every feature's `routes.ts`, hung under the layout of its place.
import type { RouteRecordRaw } from 'vue-router'
import type { Feature, FeatureRoute, NavEntry, Place, Role } from '@/shared/feature'
import LearnLayout from '../layouts/LearnLayout.vue'
import PublicLayout from '../layouts/PublicLayout.vue'

declare module 'vue-router' {
  interface RouteMeta {
    place?: Place
    roles?: readonly Role[]
    signedIn?: boolean
    bare?: boolean
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
      children: recordsOf('office'),
    },
  ]
}

function recordsOf(place: Place, pick: (route: FeatureRoute) => boolean = () => true): RouteRecordRaw[] {
  return all
    .filter((route) => route.place === place && pick(route))
    .map(({ path, name, component, roles, signedIn, bare }) => ({
      path,
      name,
      component,
      props: true,
      meta: { place, roles, signedIn, bare },
    }))
}
