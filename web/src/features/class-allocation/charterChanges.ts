// Answers what is different in a charter, line by line, and within a line word by word.
import { diffArrays } from 'diff'

export interface CharterWords {
  vision: string
  clauses: readonly string[]
}

type Change = 'same' | 'added' | 'removed'

export interface Piece {
  change: Change
  text: string
}

/** A line that is new, gone, or put in other words. */
export interface ChangedLine {
  change: 'added' | 'removed' | 'reworded'
  pieces: Piece[]
}

/** Nothing when both say the same. The vision is compared with the vision; clauses that only moved are gone from one place, new in another. */
export function changesOf(before: CharterWords, after: CharterWords): ChangedLine[] {
  return [...linesOf([before.vision], [after.vision]), ...linesOf(before.clauses, after.clauses)]
}

function linesOf(before: readonly string[], after: readonly string[]): ChangedLine[] {
  const lines: ChangedLine[] = []
  let gone: string[] = []
  const give = (change: 'added' | 'removed', texts: readonly string[]) =>
    lines.push(...texts.map((text) => ({ change, pieces: [{ change, text }] })))
  for (const { value, added, removed } of diffArrays([...before], [...after])) {
    if (removed) {
      gone = value
      continue
    }
    // What stands where something went is a rewording, as far as the words are alike.
    const pairs = added ? gone.map((text, at) => rewording(text, value[at])) : []
    gone.forEach((text, at) => {
      const line = pairs[at]
      if (line) lines.push(line)
      else give('removed', [text])
    })
    if (added)
      give(
        'added',
        value.filter((_, at) => !pairs[at]),
      )
    gone = []
  }
  give('removed', gone)
  return lines
}

/** Undefined when less than half of the shorter text is kept: then it is another line. */
function rewording(before: string, after: string | undefined): ChangedLine | undefined {
  if (after === undefined) return undefined
  const pieces = diffArrays(wordsOf(before), wordsOf(after)).map(({ value, added, removed }): Piece => ({
    change: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
  const kept = pieces.reduce((sum, { change, text }) => sum + (change === 'same' ? text.length : 0), 0)
  return kept * 2 < Math.min(before.length, after.length) ? undefined : { change: 'reworded', pieces }
}

/** A word of letters or digits, or one sign: Chinese is written without spaces. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{Script=Latin}\d]+|[^]/gu) ?? []
}
