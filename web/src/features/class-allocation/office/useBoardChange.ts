// A change of the board that was read. When somebody else has changed it since, nothing is done: the board is asked for again, and the
// person is told to look at it first. So it is after every other refusal: what the board shows is not as it stands.
import { Problem } from '@/shared/api'
import { useAction, type ActionOptions } from '@/shared/api/useAction'
import { useNewest } from '@/shared/decision/useAsRead'
import { officeText } from '../messages'
import { boardQueries } from './queries'

export function useBoardChange<Input, Result>(options: ActionOptions<Input, Result>) {
  const { t } = officeText
  // The board's own words about a change are said below.
  const newest = useNewest(boardQueries.all, [])
  return useAction<Input, Result>({
    refreshes: [boardQueries.all],
    ...options,
    run: async (input, context) => {
      try {
        return await newest.decide(() => options.run(input, context))
      } catch (cause) {
        const { isConflict, code, status, detail: since } = Problem.from(cause)
        if (!isConflict) throw cause
        // Who did what meanwhile, where the server tells it.
        const detail = [since, t('board.changed.text')].filter(Boolean).join(' ')
        throw new Problem({ code, status, title: t('board.changed'), detail })
      }
    },
  })
}

/** What a change says of the board that it was decided on. */
export const ifMatch = (version: number) => ({ 'If-Match': `"v${version}"` })
