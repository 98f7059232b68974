// A change of the board that was read. When somebody else has changed it since, nothing is done: the board is asked for again, and the
// person is told to look at it first.
import { useQueryClient } from '@tanstack/vue-query'
import { Problem } from '@/shared/api'
import { useAction, type ActionOptions } from '@/shared/api/useAction'
import { officeText } from '../messages'
import { boardQueries } from './queries'

export function useBoardChange<Input, Result>(options: ActionOptions<Input, Result>) {
  const { t } = officeText
  const client = useQueryClient()
  return useAction<Input, Result>({
    refreshes: [boardQueries.all],
    ...options,
    run: async (input, context) => {
      try {
        return await options.run(input, context)
      } catch (cause) {
        const { isConflict, code, status } = Problem.from(cause)
        if (!isConflict) throw cause
        await client.invalidateQueries({ queryKey: boardQueries.all })
        throw new Problem({ code, status, title: t('board.changed'), detail: t('board.changed.text') })
      }
    },
  })
}

/** What a change says of the board that it was decided on. */
export const ifMatch = (version: number) => ({ 'If-Match': `"v${version}"` })
