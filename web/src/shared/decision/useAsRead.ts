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

/** `version` is that of what stands on the page, `shown` the queries that show it; `decided` as `useNewest` has it. */
export function useAsRead(version: () => number, shown: QueryKey, decided?: () => string | undefined) {
  const newest = useNewest(shown, undefined, decided)
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

/** The words are about a text that is typed, or about an address: neither says what became of a decision. */
const isAway = ({ isConflict, status }: Problem) => isConflict || status === 404 || status === 410

/**
 * For decisions that name no version of the page: about many things at once, or about one that is there or not. `decided` says, of the
 * newest, how it stands when nothing is left to decide; whoever comes second is never left to believe that they decided.
 */
export function useNewest(
  shown: QueryKey,
  met: readonly number[] = [412],
  decided: () => string | undefined = () => undefined,
) {
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
      if (isChanged || problem.isStale) {
        await show()
        onNewest?.()
      }
      const { code, status } = problem
      const title = isChanged ? decisionText.t('changed') : problem.title
      const stands = decided()
      // There may be nothing left to decide, and no place for a notice.
      if (stands) toast.problem(decisionText.t('decided', { stands }))
      else if (isGone) toast.problem(isChanged || isAway(problem) ? decisionText.t('gone') : title)
      if (!isChanged) throw problem
      throw new Problem({ code, status, title })
    }
  }

  return { decide, show }
}
