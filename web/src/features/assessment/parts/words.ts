// How scores and records of assessment read.
import type { Schema } from '@/shared/api'
import { locale } from '@/shared/i18n'
import { points } from '@/shared/reviews/points'
import { commonText } from '../messages'

export type RecordView = Schema<'RecordView'>

export { points }

/** Records in words; posts are counted, attempts numbered in their order. */
export function recordTexts(records: readonly RecordView[], when: (at: string) => string): string[] {
  const { t } = commonText
  const posts = records.filter((record) => record.kind === 'post').length
  const attempts = records.filter((record) => record.kind === 'attempt')
  const texts = records.flatMap((record) => {
    switch (record.kind) {
      case 'watched':
        return t('record.watched', {
          done: minutes(record.credited_ms),
          of: minutes(record.length_ms),
        })
      case 'attempt':
        return t('record.attempt', {
          n: attempts.indexOf(record) + 1,
          score: points(record.score),
          most: points(record.most),
        })
      case 'review':
        return t('record.review', { points: points(record.points), most: points(record.most) })
      case 'waiting_for_review':
        return t('record.waiting')
      case 'done':
        return t(record.late ? 'record.late' : 'record.done', { at: when(record.at) })
      case 'post':
        return []
    }
  })
  if (posts > 0) texts.push(t('record.post', { n: posts }))
  return texts.length > 0 ? texts : [t('record.none')]
}

/** Milliseconds as minutes with one decimal. */
function minutes(ms: number): string {
  return new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }).format(ms / 60_000)
}
