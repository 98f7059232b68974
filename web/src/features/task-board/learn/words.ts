// Answers which sign a task has.
import type { Schema } from '@/shared/api'
import type { IconName } from '@/shared/ui/icons'

export type TaskKind = Schema<'TaskKind'>

export const KIND_ICON: Record<TaskKind, IconName> = {
  watch: 'play',
  read: 'read',
  discuss: 'message',
  test: 'test',
  assignment: 'grade',
  reflect: 'write',
}
