// The texts of this feature, by place.
import { textOf } from '@/shared/i18n'
import type commonZh from './common.zh'
import type learnZh from './learn.zh'
import type officeZh from './office.zh'
import type teachZh from './teach.zh'

export const commonText = textOf<typeof commonZh>('task-board', 'common')
export const learnText = textOf<typeof learnZh>('task-board', 'learn')
export const officeText = textOf<typeof officeZh>('task-board', 'office')
export const teachText = textOf<typeof teachZh>('task-board', 'teach')
