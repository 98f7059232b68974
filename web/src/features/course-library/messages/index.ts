// The texts of this feature, by place.
import { textOf } from '@/shared/i18n'
import type learnZh from './learn.zh'
import type teachZh from './teach.zh'

export const learnText = textOf<typeof learnZh>('course-library', 'learn')
export const teachText = textOf<typeof teachZh>('course-library', 'teach')
