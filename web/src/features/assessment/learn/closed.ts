// Why no work is taken now, by the code that the server gives.
import { learnText } from '../messages'

const WORDS = {
  'task_board.not_claimed': 'closed.not_claimed',
  'task_board.week_closed': 'closed.week_closed',
  'task_board.charter_unsigned': 'closed.unsigned',
  'task_board.task_withdrawn': 'closed.withdrawn',
  'task_board.training_not_running': 'closed.not_begun',
  'training.closed': 'closed.training_closed',
  not_found: 'closed.left',
} as const

/** A newer server may know of another reason. */
export function closedText(code: string | null | undefined): string {
  const known = Object.entries(WORDS).find(([one]) => one === code)
  return learnText.t(known ? known[1] : 'closed.other')
}
