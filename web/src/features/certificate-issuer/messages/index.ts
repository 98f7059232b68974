// The texts of this feature, by place.
import { textOf } from '@/shared/i18n'
import type commonZh from './common.zh'
import type learnZh from './learn.zh'
import type officeZh from './office.zh'
import type publicZh from './public.zh'

export const commonText = textOf<typeof commonZh>('certificate-issuer', 'common')
export const learnText = textOf<typeof learnZh>('certificate-issuer', 'learn')
export const officeText = textOf<typeof officeZh>('certificate-issuer', 'office')
export const publicText = textOf<typeof publicZh>('certificate-issuer', 'public')
