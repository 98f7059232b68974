// Answers how each state of a task looks and reads. A new state does not compile before it has its row.
import type { Schema } from '@/shared/api'
import type { IconName } from '@/shared/ui/icons'
import { common } from '@/shared/i18n/common'

export type TaskState = Schema<'TaskState'>

type Tone = 'neutral' | 'done' | 'soon' | 'late' | 'info'

export const STATES: Record<TaskState, { tone: Tone; icon?: IconName }> = {
  waiting: { tone: 'neutral' },
  claimed: { tone: 'neutral' },
  started: { tone: 'neutral' },
  late: { tone: 'soon', icon: 'warning' },
  missed: { tone: 'late' },
  returned: { tone: 'soon', icon: 'warning' },
  below_minimum: { tone: 'soon', icon: 'warning' },
  awaiting_review: { tone: 'info', icon: 'check' },
  done: { tone: 'done', icon: 'check' },
}

/** Nothing is asked for any more, and nothing is missing. */
export const isDone = (state: TaskState) => state === 'done' || state === 'awaiting_review'

/** What was done after its time says so. */
export function stateWord({ state, is_late }: { state: TaskState; is_late?: boolean }): string {
  return common.t(state === 'done' && is_late ? 'task.state.madeUp' : `task.state.${state}`)
}

/** Until when something can still be done that is out of the ordinary; nothing of a task that is simply open. */
export function untilWord(state: TaskState, at: string): string | undefined {
  if (state === 'late') return common.t('task.until.late', { at })
  return state === 'returned' ? common.t('task.until.returned', { at }) : undefined
}
