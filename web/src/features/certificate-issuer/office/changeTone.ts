// How the state of a proposed change is coloured.
import type { ChangeState } from './queries'

export const changeTone = {
  open: 'soon',
  confirmed: 'done',
  refused: 'late',
  withdrawn: 'neutral',
} as const satisfies Record<ChangeState, string>
