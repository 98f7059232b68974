// Answers which colour supports the word for an application's state.
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
