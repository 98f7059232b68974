// Answers what a text key says in the reader's language. One catalogue per feature and place, keys typed from the Chinese
// one, which is `{ … } as const` so that its keys and `{slots}` are checked where they are used.
import { shallowReactive, shallowRef } from 'vue'

export type Locale = 'zh-CN' | 'en'
export type Catalogue = Readonly<Record<string, string>>

/** What an English catalogue must hold; there `{n|day|days}` chooses the word for one or for any other number: `export default { … } satisfies Translation<typeof zh>`. */
export type Translation<Chinese extends Catalogue> = { [Key in keyof Chinese]: string }

type SlotNames<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | SlotNames<Rest>
  : never

type Slots<Text extends string> = [SlotNames<Text>] extends [never]
  ? []
  : [slots: Record<SlotNames<Text>, string | number>]

export type Translate<Chinese extends Catalogue> = <Key extends keyof Chinese & string>(
  key: Key,
  ...slots: Slots<Chinese[Key]>
) => string

/** The language of the whole page. Singleton: a page is read in one language. */
export const locale = shallowRef<Locale>('zh-CN')

const catalogues = shallowReactive(new Map<string, Catalogue>())

export function addCatalogue(language: Locale, name: string, catalogue: Catalogue) {
  catalogues.set(`${language}/${name}`, catalogue)
}

/** `const learn = textOf<typeof zh>('task-board', 'learn')`, then `learn.t('week.title', { n: 3 })`. */
export function textOf<Chinese extends Catalogue>(feature: string, place: string) {
  const name = `${feature}/${place}`
  const t: Translate<Chinese> = (key, ...slots) => {
    // The Chinese text stands in until a language's chunk has arrived.
    const text =
      catalogues.get(`${locale.value}/${name}`)?.[key] ?? catalogues.get(`zh-CN/${name}`)?.[key] ?? key
    return fill(text, slots[0] ?? {})
  }
  return { t }
}

/** A code from the server (`gate.full`) may have no text here: then undefined, and the caller shows the server's own words. */
export function textIfKnown(name: string, key: string): string | undefined {
  return catalogues.get(`${locale.value}/${name}`)?.[key]
}

function fill(text: string, slots: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)(?:\|(.*?)\|(.*?))?\}/g, (whole, name: string, one?: string, many?: string) =>
    String((many === undefined ? slots[name] : String(slots[name]) === '1' ? one : many) ?? whole),
  )
}
