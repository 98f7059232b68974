// Answers how the texts of a claimed week come onto the device before anybody opens them: one after another, when nothing else is going on.
import type { QueryClient } from '@tanstack/vue-query'
import { freshFor } from '@/shared/query/client'
import { submissionOf } from '@/shared/works/queries'
import { weekQueries } from './queries'
import type { TaskKind } from './words'

const PAUSE = 1500
const staleTime = freshFor(24 * 3600_000)

/** Each task's page, and what one writes for it. What is there already is not asked again for a day. */
export function keepForLater(client: QueryClient, tasks: readonly { id: string; kind: TaskKind }[]) {
  if (!navigator.onLine) return
  setTimeout(() => {
    void (async () => {
      for (const { id, kind } of tasks) {
        await client.prefetchQuery({ ...weekQueries.task(id), staleTime })
        if (kind === 'assignment') await client.prefetchQuery({ ...submissionOf(id), staleTime })
        if (kind === 'reflect') await client.prefetchQuery({ ...weekQueries.reflection(id), staleTime })
      }
    })()
  }, PAUSE)
}
