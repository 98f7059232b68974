// Answers how a plan reads where two versions of it stand side by side, or where words of it are left over.
import { linesOf, type Line } from '@/shared/drafts/lines'
import { officeText } from '../messages'
import type { PlanForm } from './planForm'

const { t } = officeText

export function linesOfPlan(plan: PlanForm): Line[] {
  return [
    ...wordsOf(plan),
    ...plan.content.map(({ title, body, first, last }, at) => ({
      label: `${t('plan.content')} ${at + 1}`,
      text: [title, weeksOf(first, last), body].join('\n'),
    })),
    ...plan.budget.map(({ title, yuan }, at) => ({
      label: `${t('plan.budget')} ${at + 1}`,
      text: `${title} ${yuan}`,
    })),
  ]
}

function weeksOf(from: number, to: number): string {
  return from === to ? t('plan.week', { n: from }) : t('plan.weeks', { from, to })
}

/** Rows by what they are called: one that was put between others does not change those after it. */
export function linesToCompare(plan: PlanForm): Line[] {
  return [
    ...wordsOf(plan),
    ...named(
      t('plan.content'),
      plan.content.map(({ title, body, first, last }) => ({
        title,
        text: [weeksOf(first, last), body].filter(Boolean).join('\n'),
      })),
    ),
    ...named(
      t('plan.budget'),
      plan.budget.map(({ title, yuan }) => ({ title, text: t('changes.yuan', { n: yuan }) })),
    ),
  ]
}

/** Two of one name are told apart by their number. */
function named(what: string, rows: readonly { title: string; text: string }[]): Line[] {
  return rows.map(({ title, text }, at) => {
    const nth = rows.slice(0, at).filter((row) => row.title === title).length
    return { label: `${what} · ${title}${nth > 0 ? ` (${nth + 1})` : ''}`, text }
  })
}

function wordsOf(plan: PlanForm): Line[] {
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
  ]
}
