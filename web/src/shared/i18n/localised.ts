// Answers what a thing that has its words in Chinese, and perhaps in English, is called in the reader's language.
import { locale } from '.'

type Doubled<Name extends string> = Record<Name, string> & Partial<Record<`${Name}_en`, string>>

/** `localised(list, 'goal')`: the Chinese stands in where there is no English. */
export function localised<Name extends string>(thing: Doubled<Name>, name: Name): string {
  const english = (thing as Partial<Record<string, string>>)[`${name}_en`]
  return (locale.value === 'en' && english) || thing[name]
}

export function titleOf(thing: Doubled<'title'>): string {
  return localised(thing, 'title')
}
