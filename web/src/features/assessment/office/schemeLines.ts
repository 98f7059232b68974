// Answers how a scheme reads where two versions of it stand side by side, or where words of it are left over.
import { linesOf, type Line } from '@/shared/drafts/lines'
import { commonText, officeText } from '../messages'
import type { EditedScheme } from './schemeForm'

const { t } = officeText

export function linesOfScheme(one: EditedScheme): Line[] {
  return [
    ...one.components.map(({ kind, isUsed, weight, minimum }) => ({
      label: commonText.t(`component.${kind}`),
      text: isUsed ? [`${weight}%`, minimum === '' ? '' : `${t('scheme.minimum')} ${minimum}`].join(' ') : '',
    })),
    ...linesOf(
      [t('scheme.pass'), one.pass_from],
      [t('scheme.good'), one.good_from],
      [t('scheme.excellent'), one.excellent_from],
      [t('scheme.credits'), one.credits],
      [t('scheme.hours'), one.hours],
      [t('scheme.late'), one.late_percent],
      [t('scheme.posts'), one.posts_wanted],
    ),
  ]
}
