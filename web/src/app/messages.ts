// Answers which catalogues a place needs, and brings them before its pages are entered.
import { addCatalogue, type Catalogue, type Locale } from '@/shared/i18n'
import { loadCommon } from '@/shared/i18n/common'
import type { Place } from '@/shared/feature'

/** Whose page is the learner's home: its Chinese rides in the core, so that the first page asks for nothing more. */
const HOME = 'task-board'

const atHand = import.meta.glob<Catalogue>(
  ['../features/*/messages/common.zh.ts', '../features/task-board/messages/learn.zh.ts'],
  { eager: true, import: 'default' },
)

/** One entry for each place and language, not for each feature: all of them stand in the core. */
const onDemand = import.meta.glob<Record<string, Catalogue>>('./texts/*.ts', { import: 'default' })

for (const [path, catalogue] of Object.entries(atHand)) {
  const { name } = read(path)
  addCatalogue('zh-CN', name, catalogue)
}

const loaded = new Set<string>()

/** `feature` is the one whose page is entered; the texts of a place come as one file. */
export async function loadMessages(place: Place, language: Locale, feature?: string) {
  if (feature === HOME && place === 'learn' && language === 'zh-CN') return
  // The application's own pages (home, missing, offline) speak with shared words alone: they must open without a network.
  const places = feature === 'app' ? ['common'] : [place, 'common']
  const short = language === 'zh-CN' ? 'zh' : 'en'
  await Promise.all([
    loadCommon(language),
    ...places.map(async (wanted) => {
      const file = `./texts/${wanted}.${short}.ts`
      const load = onDemand[file]
      if (!load || loaded.has(file)) return
      for (const [path, catalogue] of Object.entries(await load())) {
        addCatalogue(language, read(path).name, catalogue)
      }
      loaded.add(file)
    }),
  ])
}

/** The catalogue that a file of texts is. */
function read(path: string): { name: string } {
  const [, feature = '', place = ''] = /features\/([^/]+)\/messages\/(\w+)\.(zh|en)\.ts$/.exec(path) ?? []
  return { name: `${feature}/${place}` }
}
