// Answers how a task reads in one line: its name in the reader's language, its sign, what it costs.
import type { Schema } from '@/shared/api'
import { locale } from '@/shared/i18n'
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

export function titleOf(task: { title: string; title_en: string }): string {
  return (locale.value === 'en' && task.title_en) || task.title
}

export function goalOf(list: { goal: string; goal_en: string }): string {
  return (locale.value === 'en' && list.goal_en) || list.goal
}
