// Answers how a paper reads where two versions of it stand side by side, or where words of it are left over.
import { linesOf, type Line } from '@/shared/drafts/lines'
import { teachText } from '../messages'
import type { EditedPaper, Item } from './paperForm'

const { t } = teachText

export function linesOfPaper(paper: EditedPaper): Line[] {
  return [
    ...linesOf(
      [t('paper.title'), paper.title],
      [t('paper.titleEn'), paper.title_en],
      [t('paper.minutes'), paper.minutes],
      [t('paper.attempts'), paper.attempts_allowed],
      [t('paper.rule'), t(`paper.rule.${paper.multiple_rule}`)],
      [t('paper.show'), t(`paper.show.${paper.show_answers}`)],
    ),
    ...paper.items.map((item, at) => ({ label: t('paper.item', { n: at + 1 }), text: textOf(item) })),
  ]
}

function textOf({ kind, stem, options, right, explanation, points }: Item): string {
  return [
    `${t(`paper.kind.${kind}`)} · ${t('grade.points', { n: points })}`,
    stem,
    ...options.map(({ key, text }) => `${right.includes(key) ? '✓' : '○'} ${key.toUpperCase()} ${text}`),
    explanation,
  ].join('\n')
}
