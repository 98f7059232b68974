// The words of an attempt, item by item: for who made it, and for who answers for its score.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './attempt.en'
import zh from './attempt.zh'

addCatalogue('zh-CN', 'assessment/attempt', zh)
addCatalogue('en', 'assessment/attempt', en)

export const attemptText = textOf<typeof zh>('assessment', 'attempt')
