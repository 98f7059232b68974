// The document names the files of the learner's home beside the core, so that both come in one round trip and not in two.
import type { OutputBundle, OutputChunk } from 'rolldown'
import type { Plugin } from 'vite'

export function preloadHome(): Plugin {
  return {
    name: 'lingxue-preload-home',
    apply: 'build',
    enforce: 'post',
    generateBundle(_output, bundle) {
      const html = bundle['index.html']
      if (html?.type !== 'asset') return
      const page = String(html.source)
      const links = filesOfHome(bundle).filter((link) => !page.includes(link.file))
      html.source = page.replace('</head>', `${links.map(asTag).join('')}  </head>`)
    },
  }
}

interface Link {
  file: string
  kind: 'rel="modulepreload"' | 'rel="preload" as="style"'
}

function filesOfHome(bundle: OutputBundle): Link[] {
  const chunks = Object.values(bundle).filter((item): item is OutputChunk => item.type === 'chunk')
  const home = chunks.find((chunk) => chunk.name === 'home')
  if (!home) return []
  const styles = [...(home.viteMetadata?.importedCss ?? [])]
  return [
    ...[home.fileName, ...home.imports].map((file): Link => ({ file, kind: 'rel="modulepreload"' })),
    ...styles.map((file): Link => ({ file, kind: 'rel="preload" as="style"' })),
  ]
}

function asTag(link: Link): string {
  return `  <link ${link.kind} crossorigin href="/${link.file}">\n  `
}
