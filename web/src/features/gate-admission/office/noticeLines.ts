// Answers how a notice reads where two versions of it stand side by side, or where words of it are left over.
import { linesOf, type Line } from '@/shared/drafts/lines'
import { officeText } from '../messages'
import type { NoticeForm, NoticeRules } from './noticeForm'

const { t } = officeText

export function linesOfNotice(one: NoticeForm): Line[] {
  return [
    ...linesOf(
      [t('notice.name'), one.title],
      [t('notice.body'), one.body],
      [t('notice.opens'), one.opens],
      [t('notice.closes'), one.closes],
      [t('notice.capacity'), one.capacity],
    ),
    ...linesOfRules(one),
  ]
}

export function linesOfRules(one: NoticeRules): Line[] {
  return [
    ...linesOf([t('notice.hours'), one.hours], [t('notice.threshold'), one.threshold]),
    ...one.eligibility.map(({ text, expected }, at) => ({
      label: `${t('notice.eligibility')} ${at + 1}`,
      text: `${text} ${t(`notice.${expected}`)}`,
    })),
    ...one.willingness.map(({ text, choices }, at) => ({
      label: `${t('notice.willingness')} ${at + 1}`,
      text: [text, ...choices.map((choice) => `${choice.text} ${choice.score}`)].join('\n'),
    })),
    ...one.pledge.map(({ text }, at) => ({ label: `${t('notice.pledge')} ${at + 1}`, text })),
  ]
}
