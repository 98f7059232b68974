// Answers how a person's action is sent: one idempotency key for the action, kept while it is retried, and what to refresh after.
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/vue-query'
import { nextTick, onScopeDispose } from 'vue'
import { freshId } from '@/shared/lib/id'
import { useToast } from '@/shared/ui/useToast'
import { Problem } from './problem'

export interface ActionOptions<Input, Result> {
  /** Pass `headers` on to the call: they hold the key of this action. */
  run: (input: Input, context: { headers: { 'Idempotency-Key': string } }) => Promise<Result>
  /** Queries that are stale once it succeeded, or was refused because what is shown is not as it stands. */
  refreshes?: QueryKey[] | (() => QueryKey[])
  onDone?: (result: Result, input: Input) => unknown
}

/**
 * `const publish = useAction({ run: (id: string, { headers }) => call(api.POST(…, { headers })) })`;
 * then `publish.mutate(id)`, `publish.isPending`, `publish.error` (a Problem).
 */
export function useAction<Input = void, Result = unknown>(options: ActionOptions<Input, Result>) {
  const client = useQueryClient()
  const toast = useToast()
  const keys = actionKeys()
  let isGone = false
  onScopeDispose(() => (isGone = true))

  const refresh = () => {
    const { refreshes = [] } = options
    const stale = typeof refreshes === 'function' ? refreshes() : refreshes
    return Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })))
  }
  return useMutation<Result, Problem, Input>({
    mutationFn: async (input) => {
      const key = keys.keyFor(input)
      try {
        const result = await options.run(input, { headers: { 'Idempotency-Key': key } })
        keys.settle()
        return result
      } catch (cause) {
        const problem = Problem.from(cause)
        // After an answer that will not change, the next press is a new action.
        if (!problem.mayPass) keys.settle()
        throw problem
      }
    },
    onSuccess: async (result, input) => {
      void refresh()
      await options.onDone?.(result, input)
    },
    onError: ({ isStale, title }) => {
      if (isGone || !isStale) return
      void refresh()
        .then(() => nextTick())
        // With what it was about, the place of its notice may have gone.
        .then(() => isGone && toast.problem(title))
    },
  })
}

/**
 * The same input again keeps the key; another input is another action (the server refuses one key with two bodies), and so is the same one
 * on the page of another thing, which may be this very page at another address.
 */
export function actionKeys() {
  let pending: { key: string; input: string } | undefined
  return {
    keyFor(input: unknown): string {
      const written = JSON.stringify([location.pathname, input])
      if (pending?.input !== written) pending = { key: freshId(), input: written }
      return pending.key
    },
    settle() {
      pending = undefined
    },
  }
}
