// Answers which words the end of somebody's part needs of who asks.

export interface EndWords {
  /** What ends with it, what the reason is for, and the deed. */
  text: string
  reason: string
  hint: string
  action: string
  /** Whose part it is, where it is not one's own. */
  who?: string
}
