// The words about where typed words are kept. They come with the pages where somebody writes.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './words.en'
import zh from './words.zh'

addCatalogue('zh-CN', 'shared/drafts', zh)
addCatalogue('en', 'shared/drafts', en)

export const draftText = textOf<typeof zh>('shared', 'drafts')
