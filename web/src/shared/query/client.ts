// Answers how server data is cached on the page, and which of it stays on the device for the next, perhaps offline, visit.
import { hashKey, QueryClient, type QueryState } from '@tanstack/vue-query'
import type { Problem } from '@/shared/api/problem'
import { deviceDb, type Kept } from '@/shared/outbox/db'

declare module '@tanstack/vue-query' {
  interface Register {
    defaultError: Problem
    /** `keep`: the last answer is shown at once, and offline, at the next visit. */
    queryMeta: { keep?: boolean }
  }
}

const MONTH = 30 * 24 * 3600_000

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Offline must be an answer the page can show, not an endless wait.
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 30_000,
        gcTime: 30 * 60_000,
        retry: (failures, problem) => problem.mayPass && navigator.onLine && failures < 2,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/** Writes every fresh answer of a kept query to the device, and marks there what has changed since. */
export function keepOnDevice(client: QueryClient, personId: () => string | undefined): () => void {
  return client.getQueryCache().subscribe(({ type, query }) => {
    const user = personId()
    if (type !== 'updated' || query.state.status !== 'success' || !query.meta?.keep || !user) return
    if (query.state.fetchStatus !== 'idle') return
    const { data, dataUpdatedAt: at, isInvalidated: isOld } = query.state
    const key = `${user}/${hashKey(query.queryKey)}`
    const queryKey = JSON.parse(JSON.stringify(query.queryKey)) as unknown[]
    void deviceDb().then((db) => db.put('kept', { key, user, queryKey, data, at, isOld }))
  })
}

/** Before the first page: what the device kept for this person becomes the cache, with its true age. */
export async function restoreKept(client: QueryClient, user: string, now = Date.now()): Promise<void> {
  const db = await deviceDb()
  for (const kept of await db.getAllFromIndex('kept', 'user', user)) {
    if (now - kept.at > MONTH) await db.delete('kept', kept.key)
    else
      client.getQueryCache().build(client, { queryKey: kept.queryKey, meta: { keep: true } }, stateOf(kept))
  }
}

function stateOf({ data, at, isOld = false }: Kept): QueryState<unknown, Problem> {
  return {
    data,
    dataUpdatedAt: at,
    dataUpdateCount: 0,
    error: null,
    errorUpdateCount: 0,
    errorUpdatedAt: 0,
    fetchFailureCount: 0,
    fetchFailureReason: null,
    fetchMeta: null,
    // A young answer may be wrong all the same: what it shows was changed from a page that did not ask again.
    isInvalidated: isOld,
    status: 'success',
    fetchStatus: 'idle',
  }
}
