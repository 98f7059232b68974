// The texts of this feature, by place.
import { textOf } from '@/shared/i18n'
import type commonZh from './common.zh'
import type officeZh from './office.zh'
import type publicZh from './public.zh'

export const commonText = textOf<typeof commonZh>('training-plan', 'common')
export const officeText = textOf<typeof officeZh>('training-plan', 'office')
export const publicText = textOf<typeof publicZh>('training-plan', 'public')
