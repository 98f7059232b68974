// The words for a result below what is asked for. They come with the first one.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './words.en'
import zh from './words.zh'

addCatalogue('zh-CN', 'shared/tasks', zh)
addCatalogue('en', 'shared/tasks', en)

export const minimumText = textOf<typeof zh>('shared', 'tasks')
