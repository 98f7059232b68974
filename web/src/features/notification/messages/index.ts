// The texts of this feature, by place; notices read the same everywhere.
import { textOf } from '@/shared/i18n'
import type commonZh from './common.zh'
import type kindsZh from './kinds.zh'

export const commonText = textOf<typeof commonZh>('notification', 'common')

export const noticeText = {
  learn: textOf<typeof kindsZh>('notification', 'learn'),
  teach: textOf<typeof kindsZh>('notification', 'teach'),
  office: textOf<typeof kindsZh>('notification', 'office'),
}
