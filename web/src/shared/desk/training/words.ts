// The words of a training's head and of the tables of trainings. Small and only for the desk: both languages come with the component.
import { addCatalogue, textOf } from '@/shared/i18n'
import en from './words.en'
import zh from './words.zh'

addCatalogue('zh-CN', 'shared/training', zh)
addCatalogue('en', 'shared/training', en)

export const trainingText = textOf<typeof zh>('shared', 'training')
