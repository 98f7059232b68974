// Answers what the days of a board are while somebody types them, and what is wrong with them before they are sent.
import type { Schema } from '@/shared/api'
import { linesOf } from '@/shared/drafts/lines'
import { officeText } from '../messages'

/** As they are typed: a field may be empty. */
export interface EditedSettings {
  grace_days: number | ''
  revision_days: number | ''
}

export const RANGES = {
  grace_days: { least: 0, most: 60 },
  revision_days: { least: 1, most: 60 },
} as const

const FIELDS = ['grace_days', 'revision_days'] as const

/** The server has always had days to revise; only a contract of before knows none. */
export function toEdit({ grace_days, revision_days }: Schema<'BoardSettings'>): EditedSettings {
  return { grace_days, revision_days: revision_days ?? '' }
}

export function toSend(edited: EditedSettings): Schema<'BoardSettings'> {
  return { grace_days: Number(edited.grace_days), revision_days: Number(edited.revision_days) }
}

export function problemsOf(edited: EditedSettings): Record<string, string | undefined> {
  return Object.fromEntries(
    FIELDS.map((field) => {
      const { least, most } = RANGES[field]
      const days = edited[field]
      const isRight = days !== '' && Number.isInteger(days) && days >= least && days <= most
      return [`/${field}`, isRight ? undefined : officeText.t('board.days', { least, most })]
    }),
  )
}

export function linesOfSettings(edited: EditedSettings) {
  return linesOf(
    [officeText.t('board.grace'), edited.grace_days],
    [officeText.t('board.revision'), edited.revision_days],
  )
}
