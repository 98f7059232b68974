// Answers how long somebody waits, in words, and how that stands against the promise.
import { onScopeDispose, ref, watchEffect, type Ref } from 'vue'
import { likelyNow } from '@/shared/lib/serverClock'
import type { exchangeText } from '../messages'
import type { Topic } from './state'

/** A question is answered within this time in answering hours; each question brings its own moment as `answer_by`. */
export const PROMISE_MINUTES = 30
const MINUTE = 60_000
const SOON = 10 * MINUTE

export type Standing = 'fine' | 'soon' | 'late'

/** The present moment, read again often enough for a clock that counts minutes. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(likelyNow())
  // Also as soon as the server has said what time it is.
  watchEffect(() => (now.value = likelyNow()))
  const timer = setInterval(() => (now.value = likelyNow()), MINUTE / 4)
  onScopeDispose(() => clearInterval(timer))
  return now
}

export function standingOf(topic: Topic, now: number): Standing {
  const rest = restOf(topic, now)
  return rest <= 0 ? 'late' : rest <= SOON ? 'soon' : 'fine'
}

/** Milliseconds until the promise; negative once it is broken. */
export function restOf(topic: Topic, now: number): number {
  return Date.parse(topic.answer_by ?? '') - now
}

export function spanOf(t: (typeof exchangeText)['learn']['t'], milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / MINUTE))
  if (minutes < 60) return t('span.minutes', { n: minutes })
  const hours = Math.round(minutes / 60)
  return hours < 48 ? t('span.hours', { n: hours }) : t('span.days', { n: Math.round(hours / 24) })
}
