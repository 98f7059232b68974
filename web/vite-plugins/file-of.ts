// Answers in which file of the build a module goes. Few files instead of many: a phone far from the server pays a round
// trip for each. `core` is all that the learner's first page needs, that page too; `kit` is the rest of the shared parts;
// then one file for a feature's pages of a place, one for a place's texts in a language, one for what the pages of a training
// share on the desk. The bundler decides about everything else.

interface ModuleGraph {
  getModuleInfo(id: string): { importedIds: string[]; importers: string[] } | null
}

/** Where a part goes that pages of several places share: to the first of them. */
const PLACES = ['learn', 'public', 'teach', 'office']

/**
 * What only later pages call of the query library. Its index names all its parts, so imports alone would take these for the
 * first page's; should it call them one day, the budget counts their file.
 */
const LATER = /\/@tanstack\/.*\/(useQueries|queriesObserver|useInfiniteQuery|infiniteQueryObserver)\.js$/

export function createFileOf(options: { main: string; home: string | undefined }) {
  let initial: Set<string> | undefined
  let first: Set<string> | undefined

  return function fileOf(id: string, graph: ModuleGraph): string | null {
    if (LATER.test(id)) return 'kit'
    initial ??= reachable(options.main, graph)
    first ??= reachable(options.home, graph)
    if (initial.has(id) || first.has(id)) return 'core'
    const [, place, language] =
      /\/src\/(?:app\/texts|features\/[^/]+\/messages)\/(\w+)\.(zh|en)\.ts$/.exec(id) ?? []
    if (place) return `texts-${place}-${language}`
    const [, feature] = /\/src\/features\/([^/]+)\//.exec(id) ?? []
    if (/\/src\/shared\/(?!desk|testing|i18n)/.test(id)) return 'kit'
    if (/\/src\/shared\/desk\/training\//.test(id)) return 'training'
    if (!feature) return null
    const places = PLACES.filter((candidate) => isUsedBy(id, `/src/features/${feature}/${candidate}/`, graph))
    return places[0] ? `${feature}-${places[0]}` : null
  }
}

/** A module and what it imports statically, all the way down. */
function reachable(from: string | undefined, graph: ModuleGraph): Set<string> {
  const seen = new Set<string>()
  const next = from === undefined ? [] : [from]
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    next.push(...(graph.getModuleInfo(id)?.importedIds ?? []))
  }
  return seen
}

function isUsedBy(id: string, folder: string, graph: ModuleGraph, seen = new Set<string>()): boolean {
  if (id.includes(folder)) return true
  if (seen.has(id)) return false
  seen.add(id)
  const importers = graph.getModuleInfo(id)?.importers ?? []
  return importers.some((importer) => isUsedBy(importer, folder, graph, seen))
}
