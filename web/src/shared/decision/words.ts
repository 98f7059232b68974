// The words about decisions. Small: both languages come with the page.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './words.en'
import zh from './words.zh'

addCatalogue('zh-CN', 'shared/decision', zh)
addCatalogue('en', 'shared/decision', en)

export const decisionText = textOf<typeof zh>('shared', 'decision')
