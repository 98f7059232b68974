// Answers how a page follows a channel while it is open, and whether what it shows is live.
import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { live, type ChannelListener } from './socket'

/**
 * `useChannel(() => 'class:' + classId, { onEvent, onResync })`. Events only patch or invalidate the query cache.
 * Show `LiveSign` while `isLive` is false.
 */
export function useChannel(channel: MaybeRefOrGetter<string | undefined>, listener: ChannelListener) {
  const isLive = shallowRef(!live.isInterrupted)
  const unwatch = live.watch(() => (isLive.value = !live.isInterrupted))
  let leave: (() => void) | undefined

  watch(
    () => toValue(channel),
    (name) => {
      leave?.()
      leave = name === undefined ? undefined : live.subscribe(name, listener)
    },
    { immediate: true },
  )

  onScopeDispose(() => {
    leave?.()
    unwatch()
  })

  return { isLive }
}
