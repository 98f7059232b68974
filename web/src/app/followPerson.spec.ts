import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createApp, nextTick } from 'vue'
import { all, keep } from '@/shared/outbox/db'
import { put } from '@/shared/outbox/outbox'
import { writing } from '@/shared/outbox/writing'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { keepOnDevice } from '@/shared/query/client'
import { useSession, type Me } from '@/shared/session/session'
import { tokens } from '@/shared/session/token'
import { answers, settle, wang } from '@/shared/testing/page'
import { followPerson } from './followPerson'

const li: Me = { ...wang, person: { ...wang.person, id: 'per_li', name: '李' } }
const grant = (me: Me) => ({ access_token: me.person.id, expires_at: '2026-11-21T12:00:00Z', ...me })
const start = writing('POST', '/api/v1/tasks/{task_id}/start', { task_id: 'tsk_1' })

function application() {
  const queries = new QueryClient()
  const live = { stop: vi.fn<() => void>() }
  const app = createApp({ render: () => null })
  app.use(createPinia())
  app.use(VueQueryPlugin, { queryClient: queries })
  return app.runWithContext(() => {
    const session = useSession()
    keepOnDevice(queries, () => session.personId)
    followPerson(queries, live)
    return { queries, live, session, outbox: useOutbox() }
  })
}

beforeEach(() => {
  tokens.end()
  tokens.pagePerson = undefined
})

test('who signs in over somebody else sees nothing of them, and keeps nothing of theirs', async () => {
  const { queries, live, session, outbox } = application()
  answers({ 'POST /api/v1/session/refresh': grant(wang) })
  await session.start()
  await put(wang.person.id, { ...start, thread: 'a', label: '王的' })
  await outbox.refresh()
  queries.setQueryData(['mine'], 'of Wang')
  await queries.fetchQuery({ queryKey: ['kept'], queryFn: () => 'of Wang', meta: { keep: true } })
  await expect.poll(() => all('kept', wang.person.id)).toHaveLength(1)

  answers({ 'POST /api/v1/sign-in': grant(li) })
  await session.signIn('li', 'right')
  // Before the page has drawn anything.
  expect(session.personId).toBe('per_li')
  expect(queries.getQueryCache().getAll()).toEqual([])
  expect(live.stop).toHaveBeenCalled()
  await settle()
  expect(outbox.items).toEqual([])
  expect(await all('kept', 'per_li')).toEqual([])
  expect(await all('kept', wang.person.id)).toEqual([])
})

test('whoever takes the place of another in one moment finds nothing of them either', () => {
  const { queries, session } = application()
  session.$patch({ me: wang, phase: 'in' })
  queries.setQueryData(['mine'], 'of Wang')
  session.$patch({ me: li, phase: 'in' })
  expect(queries.getQueryCache().getAll()).toEqual([])
})

test('what waits is sent when its person comes, and what a page without anybody has read stays', async () => {
  const { queries, live, session } = application()
  queries.setQueryData(['public'], 1)
  await keep('outbox', {
    ...{ id: 'i', user: 'per_li', thread: 'a', method: 'POST', url: start.url, body: {}, label: '' },
    ...{ refreshes: [], at: 1, tries: 0, next: 0, state: 'waiting' },
  })
  const made = answers({ 'POST /api/v1/sign-in': grant(li), [`POST ${start.url}`]: {} })
  await session.signIn('li', 'right')
  await nextTick()
  await expect.poll(() => made.map(({ path }) => path)).toContain(start.url)
  expect(queries.getQueryData(['public'])).toBe(1)
  expect(live.stop).not.toHaveBeenCalled()
})
