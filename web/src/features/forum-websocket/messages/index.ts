// The texts of this feature, by place; the exchange area itself reads the same in both.
import { textOf } from '@/shared/i18n'
import type commonZh from './common.zh'
import type exchangeZh from './exchange.zh'
import type learnZh from './learn.zh'
import type teachZh from './teach.zh'

export const commonText = textOf<typeof commonZh>('forum-websocket', 'common')
export const learnText = textOf<typeof learnZh>('forum-websocket', 'learn')
export const teachText = textOf<typeof teachZh>('forum-websocket', 'teach')

/** Where somebody stands when they look at the exchange area. */
export type ExchangePlace = 'learn' | 'teach'

export const exchangeText = {
  learn: textOf<typeof exchangeZh>('forum-websocket', 'learn'),
  teach: textOf<typeof exchangeZh>('forum-websocket', 'teach'),
}
