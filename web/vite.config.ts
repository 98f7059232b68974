// How the web application is built and tested.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vitest/config'
import { createFileOf } from './vite-plugins/file-of.ts'
import { homePage } from './vite-plugins/home-page.ts'
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
    proxy: { '/api/': { target: server, ws: true }, '/blob': server },
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
          groups: [
            {
              debugName: 'files',
              name: createFileOf({ main: here('./src/app/main.ts'), home: homePage(here('./src/features')) }),
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost/' } },
    include: ['src/**/*.spec.ts', 'packages/**/*.spec.ts'],
    setupFiles: [here('./src/shared/testing/setup.ts')],
    // Every file has a window and modules of its own, in a context of a thread that stays. A process for each file began from nothing:
    // starting it, and reading Vue, Element Plus and the simulated browser once more, took most of the time.
    pool: 'vmThreads',
    // With one worker vitest would put all files into one context.
    maxWorkers: Math.max(2, availableParallelism()),
    // Contexts are let go late: a thread that has so many begins anew.
    vmMemoryLimit: '512MB',
    // A spec waits for what it means, however busy the machine is; these bounds only end one that waits for what never comes.
    testTimeout: 30_000,
    expect: { poll: { interval: 10, timeout: 10_000 } },
    deps: {
      optimizer: {
        client: {
          enabled: true,
          include: ['element-plus', 'element-plus/es/locale/lang/en', 'element-plus/es/locale/lang/zh-cn'],
        },
      },
    },
  },
})
