// Answers whether what was sent would be refused again as it is: its writer has to see first what is there by now.
import type { Problem } from '@/shared/api/problem'

export function isStale(problem: Problem): boolean {
  return problem.isConflict || problem.code === 'submission.files_changed'
}
