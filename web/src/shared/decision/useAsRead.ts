// Answers how a decision is sent with the version that was read, and what happens when something else stands there by then: the
// newest is fetched, what was typed stays, and whoever decides is told to look again.
import { useQueryClient, type QueryKey } from '@tanstack/vue-query'
import { nextTick, onScopeDispose, ref } from 'vue'
import { Problem } from '@/shared/api/problem'
import { useToast } from '@/shared/ui/useToast'
import { decisionText } from './words'

/** What goes with a decision: the version that was read (`If-Match`), and the key of this press. */
export interface AsRead {
  tag: string
  headers: { 'Idempotency-Key': string }
}

/** `version` is that of what stands on the page, `shown` the queries that show it. */
export function useAsRead(version: () => number, shown: QueryKey) {
  const newest = useNewest(shown)
  // What stood there when somebody began to decide: the page behind a dialog may change.
  const read = ref(version())
  const begin = () => {
    read.value = version()
  }

  return {
    /** From here on the decision is about what stands on the page now. */
    begin,
    send: <Result>(headers: AsRead['headers'], decision: (as: AsRead) => Promise<Result>): Promise<Result> =>
      newest.decide(
        () => decision({ tag: `"v${read.value}"`, headers }),
        // The next press is about what stands there now: it has been shown and told.
        begin,
      ),
  }
}

/** For decisions that name no version of the page: about many things at once, or about one that is there or not. */
export function useNewest(shown: QueryKey, met: readonly number[] = [412]) {
  const client = useQueryClient()
  const toast = useToast()
  let isGone = false
  onScopeDispose(() => (isGone = true))

  async function show(): Promise<void> {
    await client.invalidateQueries({ queryKey: shown })
    await nextTick()
  }

  async function decide<Result>(send: () => Promise<Result>, onNewest?: () => unknown): Promise<Result> {
    try {
      return await send()
    } catch (cause) {
      const problem = Problem.from(cause)
      const isChanged = met.includes(problem.status)
      // Another no to a decision has words of its own; what it is about has changed all the same.
      if (isChanged || problem.status === 409) {
        await show()
        onNewest?.()
      }
      if (!isChanged) throw problem
      const { code, status } = problem
      const title = decisionText.t('changed')
      // There may be nothing left to decide, and no place for a notice.
      if (isGone) toast.problem(title)
      throw new Problem({ code, status, title })
    }
  }

  return { decide, show }
}
