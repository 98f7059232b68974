// How the state of a batch is said: where nothing was approved there is nothing to issue.
import type { Batch } from './queries'

export type ShownState = 'draft' | 'submitted' | 'decided' | 'issued' | 'returned'

export function shownState(batch: Batch): ShownState {
  return batch.state === 'decided' && batch.approved === 0 ? 'returned' : batch.state
}

export const toneOf = {
  draft: 'neutral',
  submitted: 'soon',
  decided: 'info',
  issued: 'done',
  returned: 'late',
} as const
