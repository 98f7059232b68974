// Answers which word says an application's state, and which colour supports it.
import type { Schema } from '@/shared/api'

export const stateTone = {
  draft: 'neutral',
  submitted: 'info',
  recommended: 'soon',
  admitted: 'done',
  waitlisted: 'soon',
  rejected: 'late',
  withdrawn: 'neutral',
} as const satisfies Record<Schema<'ApplicationState'>, string>

interface Told {
  state: Schema<'ApplicationState'>
  steps: readonly Pick<Schema<'ApplicationStepView'>, 'kind'>[]
}

/** Whoever was taken out by the lead has not withdrawn. */
export function stateOf({ state, steps }: Told): Schema<'ApplicationState'> | 'ended' {
  return state === 'withdrawn' && steps[steps.length - 1]?.kind === 'removed' ? 'ended' : state
}
