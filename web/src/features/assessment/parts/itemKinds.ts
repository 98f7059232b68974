// Answers what a kind of item asks of its reader and its author. A new kind does not compile before it has its row.
import type { Schema } from '@/shared/api'

export type ItemKind = Schema<'ItemKind'>

interface Row {
  /** How many options may be chosen, and be right. */
  picks: 'one' | 'several'
  /** Written by the author, or the two that are always the same. */
  options: 'own' | 'yes_no'
}

export const ITEM_KINDS: Record<ItemKind, Row> = {
  single: { picks: 'one', options: 'own' },
  multiple: { picks: 'several', options: 'own' },
  true_false: { picks: 'one', options: 'yes_no' },
}
