// Answers whether a page may be entered now, and brings what it needs: session, texts, what the device kept.
import type { QueryClient } from '@tanstack/vue-query'
import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { loadMessages } from '@/app/messages'
import type { Place } from '@/shared/feature'
import { locale } from '@/shared/i18n'
import { restoreKept } from '@/shared/query/client'
import { useSession } from '@/shared/session/session'

type Verdict = true | RouteLocationRaw

export function createGuard(queries: QueryClient) {
  let restoredFor: string | undefined

  return async function guard(to: RouteLocationNormalized): Promise<Verdict> {
    const session = useSession()
    const place = to.meta.place ?? 'public'
    if (needsPerson(to)) {
      const verdict = await askForPerson(to, place)
      if (verdict !== true) return verdict
      if (session.personId && restoredFor !== session.personId) {
        restoredFor = session.personId
        // A device that cannot restore simply asks the server.
        await restoreKept(queries, session.personId).catch(() => undefined)
      }
    }
    await bringTexts(place, String(to.name ?? '').split('.')[0])
    return true
  }
}

export function needsPerson(to: RouteLocationNormalized): boolean {
  return (to.meta.place ?? 'public') !== 'public' || to.meta.signedIn === true
}

async function askForPerson(to: RouteLocationNormalized, place: Place): Promise<Verdict> {
  const session = useSession()
  if (session.phase === 'unknown') await session.start()
  // A remembered person enters at once; if the server disagrees, the application leads to the sign-in then.
  else if (session.phase === 'remembered') void session.start()
  if (session.phase === 'unknown') return { name: 'app.offline', query: { to: to.fullPath } }
  if (session.phase === 'out') return { name: 'identity.sign-in', query: { next: to.fullPath } }
  if (place !== 'public' && !session.places.includes(place)) return { name: 'app.home' }
  if (!session.holds(to.meta.roles))
    return { name: 'app.missing', params: { path: to.path.slice(1).split('/') } }
  return true
}

async function bringTexts(place: Place, feature: string | undefined) {
  try {
    await loadMessages(place, locale.value, feature)
  } catch (cause) {
    // English may be out of reach; Chinese stands in. Chinese out of reach is a page that cannot be shown.
    if (locale.value === 'zh-CN') throw cause
    await loadMessages(place, 'zh-CN', feature)
  }
}
