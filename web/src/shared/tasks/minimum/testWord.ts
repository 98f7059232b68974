// Answers what is said of a result below what is asked for.
import type { Schema } from '@/shared/api'
import { minimumText } from './words'

/** A result below what is asked for: what it came to of a hundred, what is asked for, what is left. */
export function testWord(test: Schema<'TestResultView'>): string {
  const { t } = minimumText
  const score = test.score / 100
  const left = test.attempts_left > 0 ? t('left', { n: test.attempts_left }) : t('none')
  return [t('below', { score, minimum: test.minimum }), left].join(' ')
}
