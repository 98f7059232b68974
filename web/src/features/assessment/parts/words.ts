// How scores and records of assessment read.
import type { Schema } from '@/shared/api'
import { locale } from '@/shared/i18n'
import { points } from '@/shared/reviews/points'
import { commonText } from '../messages'

export type RecordView = Schema<'RecordView'>

export { points }

/** A record in words, and the attempt that it is. */
export interface RecordLine {
  text: string
  attempt?: string
}

/** Records in words; posts are counted, attempts numbered in their order. */
export function recordLines(records: readonly RecordView[], when: (at: string) => string): RecordLine[] {
  const { t } = commonText
  const line = (text: string): RecordLine[] => [{ text }]
  const posts = records.filter((record) => record.kind === 'post').length
  const attempts = records.filter((record) => record.kind === 'attempt')
  const lines = records.flatMap((record): RecordLine[] => {
    switch (record.kind) {
      case 'watched':
        return line(t('record.watched', { done: minutes(record.credited_ms), of: minutes(record.length_ms) }))
      case 'attempt':
        return [
          {
            text: t('record.attempt', {
              n: attempts.indexOf(record) + 1,
              score: points(record.score),
              most: points(record.most),
            }),
            attempt: record.id,
          },
        ]
      case 'review':
        return line(t('record.review', { points: points(record.points), most: points(record.most) }))
      case 'waiting_for_review':
        return line(t('record.waiting'))
      case 'done':
        return line(t(record.late ? 'record.late' : 'record.done', { at: when(record.at) }))
      case 'post':
        return []
    }
  })
  if (posts > 0) lines.push(...line(t('record.post', { n: posts })))
  return lines.length > 0 ? lines : line(t('record.none'))
}

/** Milliseconds as minutes with one decimal. */
function minutes(ms: number): string {
  return new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }).format(ms / 60_000)
}
