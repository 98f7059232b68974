// Answers which module is the learner's first page: the one behind `place: 'learn', path: ''` in a feature's routes.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const HOME = /place:\s*'learn',\s*path:\s*'',[^{}]*?import\('\.\/([^']+)'\)/

export function homePage(features: string): string | undefined {
  for (const feature of readdirSync(features)) {
    const routes = `${features}/${feature}/routes.ts`
    const page = existsSync(routes) ? HOME.exec(readFileSync(routes, 'utf8'))?.[1] : undefined
    if (page) return `${features}/${feature}/${page}`
  }
  return undefined
}
