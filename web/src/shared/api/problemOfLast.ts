// Answers what went wrong, where several actions share a place: what was said of an earlier press is old with the next one.
import { computed, type Ref } from 'vue'
import type { Problem } from './problem'

interface Pressed {
  error: Readonly<Ref<Problem | null>>
  submittedAt: Readonly<Ref<number>>
}

/** `const problem = problemOfLast(lock, publish)`: of the action that was pressed last, if it failed. */
export function problemOfLast(...actions: [Pressed, ...Pressed[]]) {
  return computed(
    () =>
      actions.reduce((last, one) => (one.submittedAt.value >= last.submittedAt.value ? one : last)).error
        .value,
  )
}
