// Answers what an application says so far, answer by answer, and what stands in its way; how conditions are judged is the server's
// matter, and what it refused is told until the answer is another one.
import type { FieldProblem } from '@/shared/api/problem'
import type { Line } from '@/shared/drafts/lines'
import { publicText } from '../messages'
import type { Answers, PublicNotice } from './queries'

export const steps = ['eligibility', 'willingness', 'hours', 'pledge', 'check'] as const
export type ApplicationStep = (typeof steps)[number]

export interface Reviewed extends Line {
  step: ApplicationStep
  /** Where the answer is in what is sent. */
  pointer: string
  answer: unknown
  /** Nothing is said yet, or it is less than what is asked. */
  lacking?: { is: 'empty' | 'below'; problem: string }
}

/** What the server said no to, and the answer that it was said of. */
export interface Refusal {
  pointer: string
  problem: string
  answer: string
}

/** The steps that this notice has: without questions of a kind there is no step for them. */
export function stepsOf(notice: PublicNotice): ApplicationStep[] {
  return steps.filter((step) => {
    if (step === 'eligibility') return notice.eligibility.length > 0
    if (step === 'willingness') return notice.willingness.length > 0
    if (step === 'pledge') return notice.pledge.length > 0
    return true
  })
}

export function review(notice: PublicNotice, answers: Answers): Reviewed[] {
  const { t } = publicText
  const lacking = (is: 'empty' | 'below', problem: string) => ({ is, problem })
  const open = (isOpen: boolean) => (isOpen ? lacking('empty', t('app.lacks.answer')) : undefined)
  const hours = answers.hours_a_week
  return [
    ...notice.eligibility.map(({ key, text }): Reviewed => {
      const answer = answers.eligibility[key]
      return {
        step: 'eligibility',
        pointer: pointerTo('eligibility', key),
        answer,
        label: text,
        text: answer === undefined ? '' : t(answer ? 'app.yes' : 'app.no'),
        lacking: open(answer === undefined),
      }
    }),
    ...notice.willingness.map(({ key, text, choices }): Reviewed => {
      const answer = answers.willingness[key]
      return {
        step: 'willingness',
        pointer: pointerTo('willingness', key),
        answer,
        label: text,
        text: choices[answer ?? -1] ?? '',
        lacking: open(answer === undefined),
      }
    }),
    {
      step: 'hours',
      pointer: '/hours_a_week',
      answer: hours,
      label: t('app.hours'),
      text: String(hours ?? ''),
      lacking:
        hours === null || hours === undefined
          ? open(true)
          : hours < notice.least_hours
            ? lacking('below', t('app.lacks.hours', { n: notice.least_hours }))
            : undefined,
    },
    {
      step: 'hours',
      pointer: '/statement',
      answer: answers.statement,
      label: t('app.statement'),
      text: answers.statement,
    },
    ...notice.pledge.map(({ key, text }): Reviewed => {
      const isTaken = answers.pledge.includes(key)
      return {
        step: 'pledge',
        pointer: pointerTo('pledge', key),
        answer: isTaken,
        label: text,
        text: isTaken ? t('app.accepted') : '',
        lacking: isTaken ? undefined : lacking('empty', t('app.lacks.pledge')),
      }
    }),
  ]
}

export function refusalsOf(errors: readonly FieldProblem[], reviewed: readonly Reviewed[]): Refusal[] {
  return errors.map(({ pointer, detail }) => ({
    pointer,
    problem: detail,
    answer: answerAt(pointer, reviewed),
  }))
}

/** By pointer, what to say beside an answer: what the server refused counts while the answer is the same. */
export function problemsOf(
  reviewed: readonly Reviewed[],
  refusals: readonly Refusal[],
): Record<string, string | undefined> {
  const refused = refusals.filter(({ pointer, answer }) => answerAt(pointer, reviewed) === answer)
  const lacking = reviewed.map(({ pointer, lacking }) => [pointer, lacking?.problem] as const)
  return Object.fromEntries([
    ...refused.map(({ pointer, problem }) => [pointer, problem] as const),
    ...lacking.filter(([, problem]) => problem !== undefined),
  ])
}

/** The step that a problem belongs to: an answer's, or that of a whole kind of questions. */
export function stepOf(pointer: string): ApplicationStep | undefined {
  const kind = pointer.split('/')[1]
  return kind === 'hours_a_week' || kind === 'statement' ? 'hours' : steps.find((step) => step === kind)
}

/** Of a whole kind of questions too: the score of willingness is refused as one. */
function answerAt(pointer: string, reviewed: readonly Reviewed[]): string {
  const under = reviewed.filter((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))
  return JSON.stringify(under.map(({ answer }) => answer))
}

/** A key within a JSON pointer (RFC 6901). */
export function pointerTo(step: ApplicationStep, key: string): string {
  return `/${step}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`
}
