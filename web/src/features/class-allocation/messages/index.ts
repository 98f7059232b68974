// The texts of this feature, by place; the settled texts of a charter read the same in two of them.
import { textOf } from '@/shared/i18n'
import type commonZh from './common.zh'
import type learnZh from './learn.zh'
import type officeZh from './office.zh'
import type teachZh from './teach.zh'
import type textsZh from './texts.zh'

export const commonText = textOf<typeof commonZh>('class-allocation', 'common')
export const learnText = textOf<typeof learnZh>('class-allocation', 'learn')
export const teachText = textOf<typeof teachZh>('class-allocation', 'teach')
export const officeText = textOf<typeof officeZh>('class-allocation', 'office')

export const textsText = {
  learn: textOf<typeof textsZh>('class-allocation', 'learn'),
  teach: textOf<typeof textsZh>('class-allocation', 'teach'),
}
