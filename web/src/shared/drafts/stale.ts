// Answers what can become of something that was refused: whether its writer has to see first what is there by now, or it is too late.
import type { Problem } from '@/shared/api/problem'

/** Sent again as it is, it would be refused again. */
export function isStale(problem: Problem): boolean {
  return problem.isConflict || problem.code === 'submission.files_changed'
}

/** The work is graded, over or withdrawn, or nobody learns there any more. */
const FINAL = [
  'submission.graded',
  'task_board.reflection_closed',
  'task_board.task_withdrawn',
  'task_board.week_closed',
  'training.closed',
]

/** However it is corrected, it is not taken any more. */
export function isFinal(problem: Problem): boolean {
  return FINAL.includes(problem.code) || problem.isRefusal
}
