// Leaves out the entry file that says nothing but `import './core.js'`: the document names the core itself,
// and the first page is one request cheaper.
import type { Plugin } from 'vite'

export function oneEntry(): Plugin {
  return {
    name: 'lingxue-one-entry',
    apply: 'build',
    enforce: 'post',
    generateBundle(_output, bundle) {
      const html = bundle['index.html']
      const entry = Object.values(bundle).find((item) => item.type === 'chunk' && item.isEntry)
      if (html?.type !== 'asset' || entry?.type !== 'chunk') return
      const [core, ...others] = entry.imports
      const saysNothing = /^\s*import\s*["'][^"']+["'];?\s*$/.test(entry.code)
      const isNeeded = Object.values(bundle).some(
        (item) => item.type === 'chunk' && item.imports.includes(entry.fileName),
      )
      if (!core || others.length > 0 || !saysNothing || isNeeded) {
        this.error('the entry holds more than its import of the core: see fileOf in vite.config.ts')
      }
      const preload = new RegExp(
        `\\s*<link rel="modulepreload"[^>]*href="/(${entry.fileName}|${core})">`,
        'g',
      )
      html.source = String(html.source).replace(preload, '').replaceAll(entry.fileName, core)
      Reflect.deleteProperty(bundle, entry.fileName)
    },
  }
}
