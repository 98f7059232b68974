import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref, type Ref } from 'vue'
import { api, call } from '@/shared/api'
import { all, deviceDb } from '@/shared/outbox/db'
import { useSession } from '@/shared/session/session'
import { tokens } from '@/shared/session/token'
import { answers, reply, showPage, wang } from '@/shared/testing/page'
import type { Held } from './serverDraft'
import { useServerDraft } from './useServerDraft'

const PATH = '/api/v1/tasks/tsk_1/reflection'
const li = { ...wang, person: { ...wang.person, id: 'per_li', name: '李' } }
const grant = (me: typeof wang) => ({ access_token: me.person.id, expires_at: '2026-11-21T12:00:00Z', ...me })

/** A reflection of Wang, as its page writes it. */
async function open() {
  let text!: Ref<string>
  let draft!: ReturnType<typeof useServerDraft<string, { version: number; draft: string }>>
  const params = { path: { task_id: 'tsk_1' } }
  const page = await showPage(
    defineComponent(() => {
      text = ref('')
      draft = useServerDraft({
        name: 'reflection:tsk_1',
        value: text,
        found: { version: 0, value: '' },
        read: () => call(api.GET('/api/v1/tasks/{task_id}/reflection', { params })),
        write: (words, based_on) =>
          call(api.PUT('/api/v1/tasks/{task_id}/reflection', { params, body: { draft: words, based_on } })),
        heldIn: ({ version, draft }): Held<string> => ({ version, value: draft }),
        pause: 3000,
      })
      return () => h('p', text.value)
    }),
  )
  await draft.ready
  return { page, text, draft }
}

const rested = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const kept = async () => JSON.stringify((await all('drafts', wang.person.id)).map(({ value }) => value))

/** Wang goes, and Li comes, in one tab that is not loaded anew. */
async function change() {
  const session = useSession()
  answers({ 'POST /api/v1/sign-out': reply(204) })
  await session.signOut()
  answers({ 'POST /api/v1/sign-in': grant(li) })
  await session.signIn('li', 'right')
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  await (await deviceDb()).clear('drafts')
  tokens.take(grant(wang))
  tokens.pagePerson = wang.person.id
})
afterEach(() => {
  vi.useRealTimers()
})

test('what could not be sent as its page was left is tried by nobody again, and kept for its writer', async () => {
  const { page, text } = await open()
  answers({})
  text.value = '王的反思'
  await rested(100)
  page.unmount()
  await rested(0)
  await change()
  const made = answers({ [`PUT ${PATH}`]: { version: 1, draft: '王的反思' } })
  await rested(60_000)
  expect(made).toEqual([])
  expect(await kept()).toContain('王的反思')
})

test('a save that is answered after its writer left does not go on in the name of the next', async () => {
  const { text } = await open()
  let answer: (reply: unknown) => void = () => undefined
  const slow = { [`PUT ${PATH}`]: () => new Promise((resolve) => (answer = resolve)) }
  const first = answers(slow)
  text.value = '一'
  await rested(3000)
  await expect.poll(() => first).toHaveLength(1)
  text.value = '一二'
  await rested(600)
  await change()
  const made = answers({ [`PUT ${PATH}`]: { version: 2, draft: '一二' } })
  answer({ version: 1, draft: '一' })
  await rested(60_000)
  expect(made).toEqual([])
  expect(await kept()).toContain('一二')
})
