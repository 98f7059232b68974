// Answers what a page adds to a problem: the names of the fields that it is about, and the page where it is put right.
import type { FieldProblem, Problem } from '@/shared/api/problem'
import { faultsIn } from '@/shared/lib/faults'
import { problemText } from './words'

export { showOutcome } from '@/shared/lib/faults'

/** What is wrong with a field, and, once the page was asked, by which name and where. */
export interface NamedProblem extends FieldProblem {
  text?: string
  control?: HTMLElement | null
}

/** A page, and its name as a link says it. */
export interface Way {
  to: string
  text: string
}

const { t } = problemText

/** A field is named as the page names it; what has no name is counted, and said once however often it is. */
export function named(problems: readonly FieldProblem[], place: ParentNode): NamedProblem[] {
  const left = faultsIn(place)
  const all = problems.map((problem): NamedProblem & { isNamed: boolean } => {
    const at = left.findIndex(({ text }) => text === problem.detail)
    const [fault] = at < 0 ? [] : left.splice(at, 1)
    const line = /\/(\d+)(?:\/|$)/.exec(problem.pointer)
    const label = fault?.label || (line ? t('line', { n: Number(line[1]) + 1 }) : '')
    const text = label ? t('field', { label, detail: problem.detail }) : problem.detail
    return { ...problem, text, control: fault?.control, isNamed: label !== '' }
  })
  const isSame = (one: (typeof all)[number], other: (typeof all)[number]) =>
    one === other || (!one.isNamed && !other.isNamed && one.detail === other.detail)
  return all
    .filter((one) => all.find((other) => isSame(one, other)) === one)
    .map((one) => {
      const n = all.filter((other) => isSame(one, other)).length
      return n > 1 ? { ...one, text: t('times', { detail: one.detail, n }) } : one
    })
}

/** Where to go with a problem that is put right on another page. */
export function wayOut({ code, document }: Problem): Way | undefined {
  const { class_id: classId } = document.extra ?? {}
  // Whichever area refuses; before there are classes there is no charter to lead to.
  if (!code.endsWith('.charter_unsigned') || typeof classId !== 'string') return undefined
  return { to: `/learn/classes/${classId}`, text: t('way.charter') }
}
