// Answers what is said of a test's best result: whether it is what is asked for, and how often it may still be tried.
import type { Schema } from '@/shared/api'
import { minimumText } from './words'

/** What it came to of a hundred, what is asked for, and what is left where it may still be taken. */
export function testWord(test: Schema<'TestResultView'>, isAsked = true): string {
  const { t } = minimumText
  const score = test.score / 100
  const { minimum } = test
  const said =
    minimum === 0 ? t('best', { score }) : t(score < minimum ? 'below' : 'reached', { score, minimum })
  if (test.attempts_left === 0) return `${said} ${t('none')}`
  return isAsked ? `${said} ${t('left', { n: test.attempts_left })}` : said
}
