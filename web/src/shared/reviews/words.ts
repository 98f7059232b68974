// The words about reviews. They come with the pages where somebody reads one.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './words.en'
import zh from './words.zh'

addCatalogue('zh-CN', 'shared/reviews', zh)
addCatalogue('en', 'shared/reviews', en)

export const reviewText = textOf<typeof zh>('shared', 'reviews')
