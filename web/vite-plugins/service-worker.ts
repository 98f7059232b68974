// Writes `sw.js`: the hand-written worker with the list of files that make the learner's first page.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { transformWithOxc, type Plugin } from 'vite'

export function serviceWorker(options: { source: string }): Plugin {
  return {
    name: 'lingxue-service-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_output, bundle) {
      const files = new Set<string>(['/', '/icon.svg'])
      const hash = createHash('sha256')
      for (const item of Object.values(bundle)) {
        if (item.type !== 'chunk' || !isLearners(item)) continue
        files.add(`/${item.fileName}`)
        for (const css of item.viteMetadata?.importedCss ?? []) files.add(`/${css}`)
        for (const imported of item.imports) files.add(`/${imported}`)
      }
      // Every file name carries its content's hash, so their list names the release.
      hash.update([...files].sort().join('\n'))
      const index = bundle['index.html']
      if (index?.type === 'asset') hash.update(index.source)
      const { code } = await transformWithOxc(await readFile(options.source, 'utf8'), options.source)
      const source = code
        .replaceAll('__RELEASE__', JSON.stringify(hash.digest('hex').slice(0, 12)))
        .replaceAll('__FILES__', JSON.stringify([...files].sort()))
        .replace(/^export\s*\{\s*\};?\s*$/m, '')
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
}

/** The entry, and the learner's pages: what must open without a network. */
function isLearners(chunk: { isEntry: boolean; moduleIds: string[] }): boolean {
  return (
    chunk.isEntry || chunk.moduleIds.some((id) => /\/features\/[^/]+\/(learn\/|messages\/learn\.zh)/.test(id))
  )
}
