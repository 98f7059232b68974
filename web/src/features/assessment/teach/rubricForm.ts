// Answers what a rubric in the editor is made of: blank, made from another one, and as it is sent.
import type { Schema } from '@/shared/api'
import { freshId } from '@/shared/lib/id'

export type Rubric = Schema<'RubricView'>
export type RubricForm = Required<Schema<'RubricInput'>>
export type Criterion = Schema<'CriterionBody'>

/** As many as the server takes. */
export const MOST_CRITERIA = 12
export const MOST_LEVELS = 8

const LETTERS = 'abcdefgh'

export function blankRubric(): RubricForm {
  return { work_kind: 'assignment', title: '', title_en: '', criteria: [blankCriterion()] }
}

/** A rubric never changes once it is made; what should change is made anew from it. */
export function rubricFrom(rubric: Rubric, title: string): RubricForm {
  const { work_kind, title_en, criteria } = rubric
  return { work_kind, title, title_en, criteria: JSON.parse(JSON.stringify(criteria)) as Criterion[] }
}

export function blankCriterion(): Criterion {
  const levels = [3, 2, 1].map((points, at) => ({ key: LETTERS.charAt(at), title: '', points: points * 5 }))
  return { key: freshId().slice(0, 40), title: '', levels }
}

/** A level below the others; nothing when there are enough. */
export function addLevel(criterion: Criterion): void {
  const key = [...LETTERS].find((letter) => !criterion.levels.some((level) => level.key === letter))
  if (key && criterion.levels.length < MOST_LEVELS) criterion.levels.push({ key, title: '', points: 0 })
}

/** What number fields hold may be text. */
export function toSend(form: RubricForm): RubricForm {
  return {
    ...form,
    criteria: form.criteria.map((criterion) => ({
      ...criterion,
      levels: criterion.levels.map((level) => ({ ...level, points: Number(level.points) })),
    })),
  }
}

export function mostOf(criteria: readonly Criterion[]): number {
  return criteria.reduce(
    (sum, criterion) => sum + Math.max(0, ...criterion.levels.map((level) => Number(level.points) || 0)),
    0,
  )
}
