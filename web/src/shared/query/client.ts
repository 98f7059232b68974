// Answers how server data is cached on the page, and which of it stays on the device for the next, perhaps offline, visit.
import {
  hashKey,
  onlineManager,
  QueryCache,
  QueryClient,
  type Query,
  type QueryState,
} from '@tanstack/vue-query'
import { Problem } from '@/shared/api/problem'
import { serverNow, timeHeard } from '@/shared/lib/serverClock'
import { all, drop, find, keep, type Kept } from '@/shared/outbox/db'

declare module '@tanstack/vue-query' {
  interface Register {
    defaultError: Problem
    /** `keep`: the last answer is shown at once, and offline, at the next visit. */
    queryMeta: { keep?: boolean }
  }
}

const MONTH = 30 * 24 * 3600_000

/** `staleTime`: an answer is young for so long, and not when the device's clock was ahead as it came. */
export const freshFor =
  (milliseconds: number) =>
  ({ state }: Pick<Query, 'state'>) =>
    state.dataUpdatedAt > Date.now() ? -Infinity : milliseconds

export function createQueryClient(): QueryClient {
  // Unless told, it takes a page that begins without a network for connected, and does not notice when one comes.
  onlineManager.setOnline(navigator.onLine)
  return new QueryClient({
    queryCache: new QueryCache({ onError: forgetRefused }),
    defaultOptions: {
      queries: {
        // Offline must be an answer the page can show, not an endless wait.
        networkMode: 'always',
        refetchOnReconnect: true,
        // What only the device kept is shown at once, and asked for again however young it is.
        staleTime: (query) => freshFor(query.state.dataUpdateCount === 0 ? 0 : 30_000)(query),
        gcTime: 30 * 60_000,
        retry: (failures, problem) => problem.mayPass && navigator.onLine && failures < 2,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/** With the right to read something goes what was read of it; without a network nothing goes. */
function forgetRefused(problem: Problem, query: Query<unknown, unknown, unknown>) {
  if (Problem.from(problem).isRefusal && query.state.data !== undefined)
    query.setState({ ...query.state, data: undefined, dataUpdatedAt: 0 })
}

/**
 * Writes every fresh answer of a kept query to the device, takes a refused one away, and marks there what has changed since. A query that is asked again
 * after memory let it go begins with what the device kept.
 */
export function keepOnDevice(client: QueryClient, personId: () => string | undefined): () => void {
  void timeHeard.then(dropOld)
  return client.getQueryCache().subscribe(({ type, query }) => {
    const user = personId()
    if (!query.meta?.keep || !user) return
    const key = `${user}/${hashKey(query.queryKey)}`
    if (type === 'added' && query.state.data === undefined) void giveBack(key, query)
    if (type === 'updated' && isRefused(query)) void drop('kept', key)
    if (type !== 'updated' || query.state.status !== 'success' || query.state.fetchStatus !== 'idle') return
    const { data, dataUpdatedAt: at, isInvalidated: isOld } = query.state
    const queryKey = JSON.parse(JSON.stringify(query.queryKey)) as unknown[]
    void write({ key, user, queryKey, data, at, isOld })
  })
}

/** An answer that is only marked as old keeps the time at which the server gave it. */
async function write(row: Kept) {
  const before = await find('kept', row.key)
  const told = (before?.at === row.at ? before.told : undefined) ?? serverNow()
  await keep('kept', { ...row, told })
}

async function giveBack(key: string, query: Query) {
  const kept = await find('kept', key)
  // The server may have been quicker, or may have failed already: then the error stands beside what is known.
  if (!kept || query.state.data !== undefined || isRefused(query)) return
  const { status, fetchStatus, error } = query.state
  const isLost = status === 'error'
  query.setState({ ...stateOf(kept), fetchStatus, error, status: isLost ? status : 'success' })
}

function isRefused({ state }: Query): boolean {
  return state.status === 'error' && Problem.from(state.error).isRefusal
}

/** Before the first page: what the device kept for this person becomes the cache, with its true age. */
export async function restoreKept(client: QueryClient, user: string): Promise<void> {
  for (const kept of await all('kept', user))
    client.getQueryCache().build(client, { queryKey: kept.queryKey, meta: { keep: true } }, stateOf(kept))
}

/**
 * What is a month old by the server's clock, whoever read it: they may never come back to this device. The device's own clock may
 * be wrong for a day, and what it kept would be gone for good.
 */
async function dropOld() {
  const now = serverNow() ?? 0
  for (const { key, told = now } of await all('kept')) if (now - told > MONTH) await drop('kept', key)
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
