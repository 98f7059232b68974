// The words of a class's standings. Two places show them and the learner does not: they come with the table.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './standings.en'
import zh from './standings.zh'

addCatalogue('zh-CN', 'assessment/standings', zh)
addCatalogue('en', 'assessment/standings', en)

export const standingsText = textOf<typeof zh>('assessment', 'standings')
