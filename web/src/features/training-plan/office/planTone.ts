// Answers which colour supports the word for a plan's state.
import type { Schema } from '@/shared/api'

export const planTone = {
  draft: 'neutral',
  submitted: 'soon',
  approved: 'done',
  returned: 'late',
} as const satisfies Record<Schema<'PlanState'>, string>
