// Answers how a task reads as a form, and the form as a task: lists are lines of text.
import type { Schema } from '@/shared/api'
import { TASK_KINDS } from './taskKinds'

export type TaskKind = Schema<'TaskKind'>

export interface TaskForm {
  kind: TaskKind
  title: string
  title_en: string
  minutes: number
  required: boolean
  ref_id: string | undefined
  steps: string
  prompts: string
  body_markdown: string
  least_chars: number
  most_chars: number
  /** Why a list that classes have is corrected; learners read it. */
  correction: string
}

export const KINDS = Object.keys(TASK_KINDS) as TaskKind[]

export function formOf(task: Schema<'TaskEditView'> | undefined): TaskForm {
  return {
    kind: task?.kind ?? 'read',
    title: task?.title ?? '',
    title_en: task?.title_en ?? '',
    minutes: task?.minutes ?? 10,
    required: task?.required ?? true,
    ref_id: task?.ref_id ?? undefined,
    steps: (task?.steps ?? []).join('\n'),
    prompts: (task?.prompts ?? []).join('\n'),
    body_markdown: task?.body_markdown ?? '',
    least_chars: task?.least_chars ?? 100,
    most_chars: task?.most_chars ?? 2000,
    correction: '',
  }
}

export function bodyOf(form: TaskForm): Schema<'TaskBody'> {
  return {
    ...form,
    minutes: Number(form.minutes),
    least_chars: TASK_KINDS[form.kind].writes ? Number(form.least_chars) : 0,
    most_chars: Number(form.most_chars),
    ref_id: form.ref_id || null,
    steps: linesOf(form.steps),
    correction: form.correction || null,
    prompts: TASK_KINDS[form.kind].prompts ? linesOf(form.prompts) : [],
  }
}

/** Which text is missing before learners can get the task; undefined when none is. */
export function missingOf(
  form: Pick<TaskForm, 'kind' | 'body_markdown' | 'steps'>,
): 'text' | 'textOrSteps' | undefined {
  const { says } = TASK_KINDS[form.kind]
  if (says === 'nothing' || form.body_markdown.trim() !== '') return undefined
  return says === 'textOrSteps' && form.steps.trim() !== '' ? undefined : says
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
