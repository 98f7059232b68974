// Answers how the texts of a claimed week come onto the device before anybody opens them: one after another, when nothing else is going on.
import type { QueryClient } from '@tanstack/vue-query'
import { freshFor } from '@/shared/query/client'
import { weekQueries } from './queries'
import type { TaskKind } from './words'

const PAUSE = 1500
const staleTime = freshFor(24 * 3600_000)

/** What a task of each kind needs to be done without a network. A new kind does not compile before it has its row. */
const KEPT: Record<TaskKind, 'nothing' | 'task' | 'task and reflection'> = {
  watch: 'nothing',
  read: 'task',
  discuss: 'nothing',
  test: 'nothing',
  assignment: 'nothing',
  // Without what was written before, a reflection could be begun with a network only.
  reflect: 'task and reflection',
}

/** What is there already is not asked again for a day. */
export function keepForLater(client: QueryClient, tasks: readonly { id: string; kind: TaskKind }[]) {
  if (!navigator.onLine) return
  setTimeout(() => {
    void (async () => {
      for (const { id, kind } of tasks) {
        if (KEPT[kind] === 'nothing') continue
        await client.prefetchQuery({ ...weekQueries.task(id), staleTime })
        if (KEPT[kind] === 'task and reflection') {
          await client.prefetchQuery({ ...weekQueries.reflection(id), staleTime })
        }
      }
    })()
  }, PAUSE)
}
