// The words for what comes after a task. They come with the first that is done.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './words.en'
import zh from './words.zh'

addCatalogue('zh-CN', 'shared/next', zh)
addCatalogue('en', 'shared/next', en)

export const nextText = textOf<typeof zh>('shared', 'next')
