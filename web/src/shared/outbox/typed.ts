// Answers which words of a form a person typed, as one text to be read and copied: not what they chose from, nor what stood there.

const CHOSEN = /^(id|key|kind|form|decision|answer|cause|role|levels|expected)$|_id$/

export function typedWords(now: unknown, began?: unknown): string {
  const before = new Set(textsOf(began))
  return textsOf(now)
    .filter((text) => !before.has(text))
    .join('\n\n')
}

function textsOf(part: unknown): string[] {
  if (typeof part === 'string') return part.trim() === '' ? [] : [part.trim()]
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, one]) => (CHOSEN.test(name) ? [] : textsOf(one)))
}
