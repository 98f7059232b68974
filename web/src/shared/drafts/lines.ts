// Answers how a form reads when two versions of it stand side by side.

export interface Line {
  /** Empty where the whole thing is one text. */
  label: string
  text: string
}

/** `linesOf([t('plan.title'), form.title], …)`; what is a list becomes one line for each of its entries. */
export function linesOf(...fields: [label: string, value: unknown][]): Line[] {
  return fields.map(([label, value]) => ({ label, text: String(value ?? '') }))
}

/** What `mine` says that `held` does not, as one text: for words that nothing takes any more. */
export function wordsBeyond(mine: readonly Line[], held: readonly Line[]): string {
  const isHeld = ({ label, text }: Line) => held.some((line) => line.label === label && line.text === text)
  return mine
    .filter((line) => line.text.trim() !== '' && !isHeld(line))
    .map(({ label, text }) => (label ? `${label}\n${text}` : text))
    .join('\n\n')
}

/** Two versions by label, in the order of the form, where they differ; a line that only one of them has stands beside an empty one. */
export function differing(mine: readonly Line[], theirs: readonly Line[]) {
  const labels = [...new Set([...mine, ...theirs].map(({ label }) => label))]
  const textOf = (lines: readonly Line[], label: string) => lines.find((line) => line.label === label)?.text
  return labels
    .map((label) => ({ label, mine: textOf(mine, label) ?? '', theirs: textOf(theirs, label) ?? '' }))
    .filter((line) => line.mine !== line.theirs)
}
