// Answers how two texts of one person come together.
import type { OutboxItem } from '@/shared/outbox/db'

export function joined(mine: string, theirs: string): string {
  return `${theirs}\n\n${mine}`
}

/** The words of a writing that was refused; what is being written meanwhile stays below them. */
export function takeBack(item: OutboxItem, field: string, typed: string, isDirty: boolean): string {
  const words = String((item.body as Record<string, unknown>)[field] ?? '')
  if (words.trim() === typed.trim() || !isDirty) return words
  return joined(typed, words)
}
