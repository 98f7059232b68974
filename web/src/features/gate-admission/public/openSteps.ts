// Answers which steps of an application are still open, by what the notice asks; how answers are judged is the server's matter.
import type { Answers, PublicNotice } from './queries'

export const steps = ['eligibility', 'willingness', 'hours', 'pledge', 'check'] as const
export type ApplicationStep = (typeof steps)[number]

/** The steps that this notice has: without questions of a kind there is no step for them. */
export function stepsOf(notice: PublicNotice): ApplicationStep[] {
  return steps.filter((step) => {
    if (step === 'eligibility') return notice.eligibility.length > 0
    if (step === 'willingness') return notice.willingness.length > 0
    if (step === 'pledge') return notice.pledge.length > 0
    return true
  })
}

export function openSteps(notice: PublicNotice, answers: Answers): ApplicationStep[] {
  const open: ApplicationStep[] = []
  if (notice.eligibility.some(({ key }) => answers.eligibility[key] === undefined)) open.push('eligibility')
  if (notice.willingness.some(({ key }) => answers.willingness[key] === undefined)) open.push('willingness')
  if (!answers.hours_a_week || answers.hours_a_week < notice.least_hours) open.push('hours')
  if (notice.pledge.some(({ key }) => !answers.pledge.includes(key))) open.push('pledge')
  return open
}
