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

const onDemand = import.meta.glob<Catalogue>(
  [
    '../features/*/messages/{public,learn,teach,office}.zh.ts',
    '!../features/task-board/messages/learn.zh.ts',
    '../features/*/messages/*.en.ts',
  ],
  { import: 'default' },
)

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
  const wanted = Object.entries(onDemand).filter(([path]) => {
    const file = read(path)
    return file.language === language && places.includes(file.place) && !loaded.has(path)
  })
  await Promise.all([
    loadCommon(language),
    ...wanted.map(async ([path, load]) => {
      addCatalogue(language, read(path).name, await load())
      loaded.add(path)
    }),
  ])
}

function read(path: string): { name: string; place: string; language: Locale } {
  const [, feature = '', place = '', short = ''] =
    /features\/([^/]+)\/messages\/(\w+)\.(zh|en)\.ts$/.exec(path) ?? []
  return { name: `${feature}/${place}`, place, language: short === 'zh' ? 'zh-CN' : 'en' }
}
