// The catalogue of shared words: Chinese is always at hand, English comes when it is asked for.
import { addCatalogue, textOf, type Locale } from '.'
import zh from './common.zh'

addCatalogue('zh-CN', 'shared/common', zh)

export const common = textOf<typeof zh>('shared', 'common')

export async function loadCommon(language: Locale) {
  if (language === 'en') addCatalogue('en', 'shared/common', (await import('./common.en')).default)
}
