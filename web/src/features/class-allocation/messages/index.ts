// The texts of this feature, by place.
import { textOf } from '@/shared/i18n'
import type commonZh from './common.zh'
import type learnZh from './learn.zh'
import type officeZh from './office.zh'
import type teachZh from './teach.zh'

export const commonText = textOf<typeof commonZh>('class-allocation', 'common')
export const learnText = textOf<typeof learnZh>('class-allocation', 'learn')
export const teachText = textOf<typeof teachZh>('class-allocation', 'teach')
export const officeText = textOf<typeof officeZh>('class-allocation', 'office')
