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
  ended?: Schema<'EndedAs'> | null
  /** Where all of them are at hand, the last one says the same. */
  steps?: readonly Pick<Schema<'ApplicationStepView'>, 'kind'>[]
}

/** Whoever left, or was taken out by the lead, has not taken an application back. */
export function stateOf({ state, ended, steps }: Told): Schema<'ApplicationState'> | 'ended' | 'left' {
  if (state !== 'withdrawn') return state
  const how = ended ?? steps?.[steps.length - 1]?.kind
  if (how === 'removed') return 'ended'
  return how === 'left' ? 'left' : state
}
