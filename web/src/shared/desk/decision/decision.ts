// The two words of a decision: yes after a question, no with reasons that somebody reads.
import type { Question } from '@/shared/ui/useConfirm'
import type { AsRead } from '@/shared/decision/useAsRead'

export interface Agreement {
  label: string
  question: Question
  /** What may be said with it, and is kept with the decision; without it there is nothing to say. */
  opinion?: { label: string; hint: string; pointer: string; limit: number }
  send: (as: AsRead, opinion: string) => Promise<unknown>
  /** Said when it worked. */
  done: string
}

export interface Refusal {
  label: string
  reasons: string
  hint: string
  /** Said when no reason was given. */
  missing: string
  /** Where the server looks for the reasons, for its complaints. */
  pointer: string
  limit: number
  send: (reasons: string, as: AsRead) => Promise<unknown>
  done: string
}
