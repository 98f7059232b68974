// Answers how the texts of a claimed week come onto the device before anybody opens them: one after another, when nothing else is going on.
import type { QueryClient } from '@tanstack/vue-query'
import { freshFor } from '@/shared/query/client'
import { weekQueries } from './queries'

const PAUSE = 1500
const staleTime = freshFor(24 * 3600_000)

/** Reading and writing need no more than their text; what is there already is not asked again for a day. */
export function keepForLater(
  client: QueryClient,
  tasks: readonly { id: string; kind: string; state: string }[],
) {
  const wanted = tasks.filter((task) => task.kind === 'read' || task.kind === 'reflect')
  if (!navigator.onLine) return
  setTimeout(() => {
    void (async () => {
      for (const task of wanted) {
        await client.prefetchQuery({ ...weekQueries.task(task.id), staleTime })
        // Without it, a reflection could be begun with a network only.
        if (task.kind === 'reflect') {
          await client.prefetchQuery({ ...weekQueries.reflection(task.id), staleTime })
        }
      }
    })()
  }, PAUSE)
}
