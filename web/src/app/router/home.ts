// Answers where a signed-in person starts: the place they used last, else their first one.
import type { RouteLocationRaw } from 'vue-router'
import type { Place } from '@/shared/feature'
import { usePreferences } from '@/shared/session/preferences'
import { useSession } from '@/shared/session/session'

/** Undefined for a person who has no place yet; the home page then shows what they can do. */
export function homeOf(): RouteLocationRaw | undefined {
  const { places } = useSession()
  const { lastPlace } = usePreferences()
  const place: Place | undefined = lastPlace && places.includes(lastPlace) ? lastPlace : places[0]
  return place && `/${place}`
}
