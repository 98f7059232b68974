// Answers how a plan reads where two versions of it stand side by side, or where words of it are left over.
import { linesOf, type Line } from '@/shared/drafts/lines'
import { officeText } from '../messages'
import type { PlanForm } from './planForm'

const { t } = officeText

export function linesOfPlan(plan: PlanForm): Line[] {
  return [
    ...linesOf(
      [t('new.name'), plan.title],
      [t('new.name.en'), plan.titleEn],
      [t('plan.zone'), plan.zone],
      [t('new.starts'), plan.starts],
      [t('new.weeks'), plan.weeks],
      [t('plan.scale'), plan.scale],
      [t('plan.purpose'), plan.purpose],
      [t('plan.target'), plan.target],
      [t('plan.assistants'), plan.assistants],
      [t('plan.experts'), plan.experts],
    ),
    ...plan.content.map(({ title, body, first, last }, at) => ({
      label: `${t('plan.content')} ${at + 1}`,
      text: [title, t('plan.weeks', { from: first, to: last }), body].join('\n'),
    })),
    ...plan.budget.map(({ title, yuan }, at) => ({
      label: `${t('plan.budget')} ${at + 1}`,
      text: `${title} ${yuan}`,
    })),
  ]
}
