// Answers which words a writing holds, and how two texts of one person come together.
import type { OutboxItem } from '@/shared/outbox/db'

/** What a person wrote of what waits to be sent. */
export function wordsIn({ body, words = [] }: OutboxItem): string {
  return words.map((name) => String((body as Record<string, unknown>)[name] ?? '')).join('\n\n')
}

export function joined(mine: string, theirs: string): string {
  return `${theirs}\n\n${mine}`
}

/** The words of a writing that was not taken; what is being written meanwhile stays below them. */
export function withWords(typed: string, words: string): string {
  if (typed.trim() === '') return words
  return typed.includes(words.trim()) ? typed : joined(typed, words)
}

/** What somebody typed while this was sent. */
export function beyond(typed: string, sent: string): string {
  return typed.startsWith(sent) ? typed.slice(sent.length) : typed
}
