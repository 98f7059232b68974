// The words around a problem. They come with the first one that is shown.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './words.en'
import zh from './words.zh'

addCatalogue('zh-CN', 'shared/problem', zh)
addCatalogue('en', 'shared/problem', en)

export const problemText = textOf<typeof zh>('shared', 'problem')
