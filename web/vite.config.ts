// How the web application is built and tested.
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vitest/config'
import { oneEntry } from './vite-plugins/one-entry.ts'
import { serviceWorker } from './vite-plugins/service-worker.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.LINGXUE_API ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [
    vue(),
    // `<el-…>` is known on desk pages only: elsewhere it stays an unknown element, and the check fails.
    Components({
      dirs: [],
      dts: false,
      include: [/\/features\/[^/]+\/(office|teach)\/.*\.vue/, /\/shared\/desk\/.*\.vue/],
      resolvers: [ElementPlusResolver({ importStyle: 'css' })],
    }),
    oneEntry(),
    serviceWorker({ source: here('./src/sw/worker.ts') }),
  ],
  // Nothing here is written with the options API, and Vue leaves it out.
  define: { __VUE_OPTIONS_API__: 'false' },
  resolve: {
    alias: {
      '@/': `${here('./src')}/`,
      '@lingxue/api-client': here('./packages/api-client/index.ts'),
    },
  },
  server: {
    proxy: { '/api': { target: server, ws: true }, '/blob': server },
  },
  build: {
    // Old Android WebViews of cheap phones.
    target: 'chrome87',
    manifest: true,
    // Small pictures as files keep the strict content policy simple.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ debugName: 'files', name: fileOf, includeDependenciesRecursively: false }],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost/' } },
    include: ['src/**/*.spec.ts', 'packages/**/*.spec.ts'],
    setupFiles: [here('./src/shared/testing/setup.ts')],
    server: { deps: { inline: ['element-plus'] } },
  },
})

/**
 * Few files instead of many: a phone far from the server pays a round trip for each. One core for everybody (the kit and
 * the Chinese of the learner's home are in it), one file for a feature's pages of a place, one for a place's texts in a language.
 */
function fileOf(id: string): string | null {
  const [, feature, rest = ''] = /\/src\/features\/([^/]+)\/(.*)$/.exec(id) ?? []
  if (feature) {
    const [, place, language] = /^messages\/(\w+)\.(zh|en)\.ts$/.exec(rest) ?? []
    if (place) return isAtHand(feature, place, language) ? 'core' : `texts-${place}-${language}`
    const [, folder] = /^(learn|teach|office|public)\//.exec(rest) ?? []
    if (folder) return `${feature}-${folder}`
    return /^(routes|queries|messages\/index)\.ts/.test(rest) ? 'core' : null
  }
  if (/\/src\/shared\/(?!desk|testing)/.test(id)) return id.includes('common.en') ? null : 'core'
  if (/\/src\/app\/(?!pages\/Kit|layouts\/(Teach|Office|Side))/.test(id)) return 'core'
  if (/\/node_modules\/(@vue|vue|vue-router|vue-demi|pinia|@tanstack|idb|openapi-fetch)\//.test(id))
    return 'core'
  if (id.includes('/packages/api-client/')) return 'core'
  return /rolldown.runtime|oxc-project.runtime|plugin-vue:export-helper|vite\/preload-helper/.test(id)
    ? 'core'
    : null
}

/** As `src/app/messages.ts` has it. */
function isAtHand(feature: string, place: string, language: string | undefined): boolean {
  return language === 'zh' && (place === 'common' || (place === 'learn' && feature === 'task-board'))
}
