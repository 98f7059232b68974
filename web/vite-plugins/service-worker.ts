// Writes `sw.js`: the hand-written worker with the list of files that make the learner's first page.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { OutputBundle, OutputChunk } from 'rolldown'
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
        if (item.type === 'chunk' && isLearners(item)) collect(item.fileName, bundle, files)
      }
      // Every file name carries its content's hash, so their list names the release.
      hash.update([...files].sort().join('\n'))
      const index = bundle['index.html']
      if (index?.type === 'asset') hash.update(index.source)
      if (![...files].some((file) => file.includes('/core-'))) this.error('the core has no file')
      const { code } = await transformWithOxc(await readFile(options.source, 'utf8'), options.source)
      const source = code
        .replaceAll('__RELEASE__', JSON.stringify(hash.digest('hex').slice(0, 12)))
        .replaceAll('__FILES__', JSON.stringify([...files].sort()))
        .replace(/^export\s*\{\s*\};?\s*$/m, '')
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
}

/** The core, and the learner's pages: what must open without a network. */
function isLearners(chunk: OutputChunk): boolean {
  return (
    chunk.name === 'core' ||
    chunk.moduleIds.some((id) => /\/features\/[^/]+\/(learn\/|messages\/learn\.zh)/.test(id))
  )
}

/** A file, its styles, and what it imports, all the way down. */
function collect(fileName: string, bundle: OutputBundle, files: Set<string>) {
  const chunk = bundle[fileName]
  if (chunk?.type !== 'chunk' || files.has(`/${fileName}`)) return
  files.add(`/${fileName}`)
  for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(`/${css}`)
  for (const imported of chunk.imports) collect(imported, bundle, files)
}
