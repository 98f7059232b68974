// Answers how the words of a week's list read where two versions of them stand side by side, or where some are left over.
import type { Schema } from '@/shared/api'
import { linesOf, type Line } from '@/shared/drafts/lines'
import { teachText } from '../messages'

const { t } = teachText

export function linesOfWords({ goal, goal_en }: Pick<Schema<'TaskListView'>, 'goal' | 'goal_en'>): Line[] {
  return linesOf([t('list.goal'), goal], [t('list.goalEn'), goal_en])
}
