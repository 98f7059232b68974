// The texts of this feature, by place.
import { textOf } from '@/shared/i18n'
import type commonZh from './common.zh'
import type officeZh from './office.zh'
import type publicZh from './public.zh'

export const commonText = textOf<typeof commonZh>('gate-admission', 'common')
export const officeText = textOf<typeof officeZh>('gate-admission', 'office')
export const publicText = textOf<typeof publicZh>('gate-admission', 'public')
