// Answers how several names read in one line, in the reader's language.
import { locale } from '.'

/** `listed(names)`: all of them; `'disjunction'`: one of them. */
export function listed(
  names: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(locale.value, { type }).format(names)
}

/** The first of them, where more words follow. */
export function listedSome(names: readonly string[]): string {
  return names.join(locale.value === 'en' ? ', ' : '\u3001')
}

/** Whole texts that may hold commas themselves. */
export function listedTexts(texts: readonly string[]): string {
  return texts.join(locale.value === 'en' ? '; ' : '\uff1b')
}
