// Answers how a decision is sent with the version that was read, and what happens when something else stands there by then.
import { useQueryClient, type QueryKey } from '@tanstack/vue-query'
import { ref } from 'vue'
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
  const client = useQueryClient()
  const toast = useToast()
  // What stood there when somebody began to decide: the page behind a dialog may change.
  const read = ref(version())

  async function send<Result>(
    headers: AsRead['headers'],
    decision: (as: AsRead) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await decision({ tag: `"v${read.value}"`, headers })
    } catch (cause) {
      if (Problem.from(cause).status === 412) {
        // The page may have nothing left to decide, and no place for a notice.
        toast.problem(decisionText.t('changed'))
        void client.invalidateQueries({ queryKey: shown })
      }
      throw cause
    }
  }

  return {
    /** From here on the decision is about what stands on the page now. */
    begin: () => {
      read.value = version()
    },
    send,
  }
}
