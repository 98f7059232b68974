// Answers how a page follows a channel while it is open, and whether what it shows is live.
import { computed, onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { live, type ChannelListener, type LiveState } from './socket'

/**
 * `useChannel(() => 'class:' + classId, { onEvent, onResync })`. Events only patch or invalidate the query cache.
 * Show `LiveSign` while `isLive` is false.
 */
export function useChannel(channel: MaybeRefOrGetter<string | undefined>, listener: ChannelListener) {
  const state = shallowRef<LiveState>(live.state)
  const unwatch = live.watch((next) => (state.value = next))
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

  return { isLive: computed(() => state.value === 'live'), state }
}
