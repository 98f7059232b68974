// How an entry of the credits ledger shows what it adds or takes back.
import type { Schema } from '@/shared/api'

export function amountOf(entry: Pick<Schema<'CreditEntryView'>, 'kind' | 'credits'>): string {
  return `${entry.kind === 'earned' || entry.kind === 'raised' ? '+' : '−'}${entry.credits}`
}
