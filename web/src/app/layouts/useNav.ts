// Answers which entries of a place this person sees, and which of them is the page they are on.
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { navOf } from '@/app/router/collect'
import type { Place } from '@/shared/feature'
import { useSession } from '@/shared/session/session'

export function useNav(place: Place, slot: 'main' | 'me' = 'main') {
  const session = useSession()
  const router = useRouter()
  const route = useRoute()

  return computed(() => {
    const entries = navOf(place, slot).filter((entry) =>
      session.holds(router.resolve({ name: entry.to }).meta.roles),
    )
    const at =
      entries.find((entry) => isAt(router.resolve({ name: entry.to }).path, route.path)) ??
      (place === 'public' ? undefined : entries.find((entry) => isKin(entry.to, route.name)))
    return entries.map((entry) => ({ ...entry, isCurrent: entry === at }))
  })
}

/** A task belongs to its week, a topic to its class: without a nearer entry, the feature's first one is lit. */
function isKin(entry: string, page: unknown): boolean {
  return entry.split('.')[0] === String(page).split('.')[0]
}

/** A page below an entry keeps the entry lit; the home of a place only lights for itself. */
function isAt(entry: string, path: string): boolean {
  const isHome = entry.split('/').filter(Boolean).length <= 1
  return path === entry || (!isHome && path.startsWith(`${entry}/`))
}
