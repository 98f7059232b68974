// Answers what the application does when its person comes or goes.
import type { QueryClient } from '@tanstack/vue-query'
import { watch } from 'vue'
import type { LiveSocket } from '@/shared/live/socket'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { useSession } from '@/shared/session/session'

export function followPerson(queries: QueryClient, live: Pick<LiveSocket, 'stop'>) {
  const session = useSession()
  const outbox = useOutbox()

  // At once: who signs in over somebody else leaves no moment in which nobody is here.
  watch(
    () => session.personId,
    (_now, before) => {
      if (before === undefined) return
      // Nothing of the person stays on the screen or in memory of a shared phone.
      live.stop()
      queries.clear()
      void outbox.refresh()
    },
    { flush: 'sync' },
  )
  watch(
    () => session.phase === 'in' && session.personId,
    (person) => {
      if (person) void outbox.flushNow()
    },
  )
}
