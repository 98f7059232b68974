// Answers what is said of a test's best result: whether it is what is asked for, and how often it may still be tried.
import type { Schema } from '@/shared/api'
import { minimumText } from './words'

/** What it came to of a hundred, what is asked for, what is left. */
export function testWord(test: Schema<'TestResultView'>): string {
  const { t } = minimumText
  const score = test.score / 100
  const left = test.attempts_left > 0 ? t('left', { n: test.attempts_left }) : t('none')
  const { minimum } = test
  if (minimum === 0) return [t('best', { score }), left].join(' ')
  return [t(score < minimum ? 'below' : 'reached', { score, minimum }), left].join(' ')
}
