// The texts of this feature, by place; the list of notices reads the same everywhere.
import { textOf } from '@/shared/i18n'
import type commonZh from './common.zh'
import type listZh from './list.zh'

export const commonText = textOf<typeof commonZh>('notification', 'common')

export const noticeText = {
  learn: textOf<typeof listZh>('notification', 'learn'),
  public: textOf<typeof listZh>('notification', 'public'),
  teach: textOf<typeof listZh>('notification', 'teach'),
  office: textOf<typeof listZh>('notification', 'office'),
}
