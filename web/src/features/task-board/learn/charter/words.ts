// The words around a charter that is to be signed. They come with the first one.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './words.en'
import zh from './words.zh'

addCatalogue('zh-CN', 'task-board/charter', zh)
addCatalogue('en', 'task-board/charter', en)

export const charterText = textOf<typeof zh>('task-board', 'charter')
