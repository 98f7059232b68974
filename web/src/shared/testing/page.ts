// Answers how a spec shows a page as a person sees it: with texts, router, cache, and a server that is a table of answers.
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { addCatalogue, locale, type Catalogue, type Locale } from '@/shared/i18n'
import { loadCommon } from '@/shared/i18n/common'
import { keep } from '@/shared/outbox/db'
import { useSession, type Me } from '@/shared/session/session'
import { settle } from './turns'

export { settle }

const catalogues = import.meta.glob<Catalogue>('../../features/*/messages/*.{zh,en}.ts', {
  eager: true,
  import: 'default',
})
for (const [path, catalogue] of Object.entries(catalogues)) {
  const [, feature, place, language] = /features\/([^/]+)\/messages\/(\w+)\.(zh|en)\.ts$/.exec(path) ?? []
  addCatalogue(language === 'zh' ? 'zh-CN' : 'en', `${feature}/${place}`, catalogue)
}

/** An answer's JSON body; or status and body; or a function of the request that gives either. */
export type Answer = unknown | ((request: Request) => unknown)

export class Reply {
  constructor(
    readonly status: number,
    readonly body?: unknown,
    readonly headers: Record<string, string> = {},
  ) {}
}

export function reply(status: number, body?: unknown, headers?: Record<string, string>): Reply {
  return new Reply(status, body, headers)
}

const LIVE_TICKET = '/api/v1/live/ticket'

/**
 * `answers({ 'GET /api/v1/me': me, 'POST /api/v1/sign-in': reply(401, { code: 'sign_in.refused' }) })`.
 * Gives the list of requests that were made, but for tickets of the live connection that are not in the table. What is not in the table
 * is a lost network.
 */
export function answers(
  table: Record<string, Answer>,
): { method: string; path: string; headers: Headers; body: unknown }[] {
  const made: { method: string; path: string; headers: Headers; body: unknown }[] = []
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(input, location.origin), init)
    const { pathname, search } = new URL(request.url)
    const text = await request.clone().text()
    const key = [`${request.method} ${pathname}${search}`, `${request.method} ${pathname}`].find(
      (k) => k in table,
    )
    // The live connection asks by itself, at times that chance decides: no spec can count on it, or on its absence.
    if (key === undefined && pathname === LIVE_TICKET) throw new TypeError('no network')
    made.push({
      method: request.method,
      path: pathname + search,
      headers: request.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    })
    if (key === undefined) throw new TypeError('no network')
    const entry = table[key]
    const answer: unknown =
      typeof entry === 'function' ? await (entry as (request: Request) => unknown)(request) : entry
    const { status, body, headers } = answer instanceof Reply ? answer : new Reply(200, answer)
    const type = status < 400 ? 'application/json' : 'application/problem+json'
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { 'content-type': type, ...headers },
    })
  })
  return made
}

export const wang: Me = {
  person: {
    id: 'per_wang',
    name: '王秀兰',
    account_name: 'wangxl',
    phone_masked: '138****0001',
    org_unit: { id: 'org_1', name: '石桥教学点' },
  },
  places: ['learn'],
  grants: [{ id: 'gra_1', role: 'learner', scope_kind: 'class', scope_id: 'cls_1', scope_name: '一班' }],
}

export interface PageOptions {
  props?: Record<string, unknown>
  /** The address the page is opened at, for `useRoute`. */
  at?: string
  /** Who is signed in; null for nobody. */
  me?: Me | null
  language?: Locale
}

/** Mounts and waits until the first answers have arrived. The document holds it, so focus works. */
export async function showPage(page: Component, options: PageOptions = {}): Promise<VueWrapper> {
  locale.value = options.language ?? 'zh-CN'
  await loadCommon(locale.value)
  const pinia = createPinia()
  setActivePinia(pinia)
  const me = options.me === undefined ? wang : options.me
  if (me) useSession().$patch({ me, phase: 'in' })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:path(.*)*', component: page }],
  })
  // Links of a page may name routes that this spec does not have.
  const resolve = router.resolve.bind(router)
  router.resolve = ((to: Parameters<typeof resolve>[0], ...rest: []) =>
    typeof to === 'object' && 'name' in to && to.name !== undefined
      ? resolve(`/${String(to.name)}/${Object.values(to.params ?? {}).join('/')}`)
      : resolve(to, ...rest)) as typeof router.resolve
  await router.push(options.at ?? '/')
  const wrapper = mount(page, {
    props: options.props,
    attachTo: document.body,
    global: {
      plugins: [
        pinia,
        router,
        [
          VueQueryPlugin,
          {
            queryClient: new QueryClient({
              defaultOptions: { queries: { retry: false, networkMode: 'always' } },
            }),
          },
        ],
      ],
    },
  })
  await settle()
  return wrapper
}

/** What a window of this device that is closed by now kept of a draft. */
export async function keepDraft(name: string, value: unknown, user = wang.person.id): Promise<void> {
  const row = { window: 'closed', n: 1, seen: {}, at: 1 }
  await keep('drafts', { ...row, key: `${user}/${name}#closed`, user, value })
}
