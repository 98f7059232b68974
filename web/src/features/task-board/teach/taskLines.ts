// Answers how a task reads where two versions of it stand side by side, or where words of it are left over.
import { linesOf, type Line } from '@/shared/drafts/lines'
import { common } from '@/shared/i18n/common'
import { commonText, teachText } from '../messages'
import type { TaskForm } from './taskForm'

const { t } = teachText

export function linesOfTask(task: TaskForm): Line[] {
  return linesOf(
    [t('task.kind'), commonText.t(`kind.${task.kind}`)],
    [t('task.title'), task.title],
    [t('task.titleEn'), task.title_en],
    [t('task.minutes'), task.minutes],
    [t('task.required'), common.t(task.required ? 'yes' : 'no')],
    [t('task.steps'), task.steps],
    [t('task.body'), task.body_markdown],
    [t('task.prompts'), task.prompts],
    [t('task.least'), task.least_chars],
    [t('task.most'), task.most_chars],
  )
}
