// Answers how many notices the signed-in person has not read, for as long as the page lives.
import { effectScope, watch, type Ref } from 'vue'
import { api, call } from '@/shared/api'
import { live, type LiveEvent } from '@/shared/live/socket'
import { useSession } from '@/shared/session/session'

export function watchUnread(count: Ref<number>) {
  const session = useSession()
  let leave: (() => void) | undefined

  async function ask() {
    const person = session.personId
    // Without an answer the number stays what it was; the next event or connection asks again.
    const answer = await call(api.GET('/api/v1/notices/unread-count')).catch(() => undefined)
    if (answer && session.personId === person) count.value = answer.unread
  }

  function onEvent(event: LiveEvent) {
    if (event.kind === 'notice_added') count.value += 1
    if (event.kind === 'notices_read') count.value = (event.data as { unread: number }).unread
  }

  effectScope(true).run(() =>
    watch(
      () => (session.phase === 'in' ? session.personId : undefined),
      (person) => {
        leave?.()
        leave = undefined
        count.value = 0
        if (person === undefined) return
        leave = live.subscribe(`person:${person}`, { onEvent, onResync: () => void ask() })
        // The network may let no socket through.
        void ask()
      },
      { immediate: true },
    ),
  )
}
