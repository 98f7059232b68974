import { beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, shallowRef } from 'vue'
import { Problem } from '@/shared/api/problem'
import { all, deviceDb } from '@/shared/outbox/db'
import { settle, showPage, wang } from '@/shared/testing/page'
import type { Held } from './serverDraft'
import { useSharedForm } from './useSharedForm'

type Plan = { name: string; rows?: { key: string; id: string | null; text: string }[] }

/** A server that holds one plan; `loses` answers. */
function server(version = 1, name = '一班') {
  const held: Held<Plan> = { version, value: { name } }
  const there = { held, loses: 0, saved: [] as Plan[] }
  const send = async (values: Plan, ifMatch: string): Promise<Held<Plan>> => {
    await Promise.resolve()
    if (ifMatch !== `"v${held.version}"`) throw new Problem({ status: 412, code: 'edit.conflict' })
    there.saved.push(values)
    Object.assign(held, { version: held.version + 1, value: values })
    if (there.loses-- > 0) throw Problem.network()
    return { ...held }
  }
  return Object.assign(there, { send })
}

async function open(there: ReturnType<typeof server>) {
  const found = shallowRef<Held<Plan>>({ ...there.held })
  const onDone = vi.fn<(answer: Held<Plan>) => void>()
  let form!: ReturnType<typeof useSharedForm<Plan, Held<Plan>>>
  const page = await showPage(
    defineComponent(() => {
      form = useSharedForm<Plan, Held<Plan>>({
        name: 'plan:trn_1',
        found: () => found.value,
        read: () => Promise.resolve({ ...there.held }),
        send: there.send,
        heldIn: (answer) => answer,
        onDone,
      })
      return () => h('p', form.values.name)
    }),
  )
  await settle()
  return { page, found, form, onDone }
}

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

test('a version that comes while nothing is typed is shown, and is nobody’s draft', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const there = server()
  const { page, found, form } = await open(there)
  found.value = { version: 2, value: { name: '二班' } }
  await nextTick()
  expect([form.values.name, form.isDirty]).toEqual(['二班', false])
  await vi.advanceTimersByTimeAsync(5000)
  vi.useRealTimers()
  page.unmount()
  await settle()
  expect(await all('drafts', wang.person.id)).toEqual([])

  const next = await open(server(3, '三班'))
  expect([next.form.draft.state, next.form.values.name]).toEqual(['saved', '三班'])
})

test('what the server has since an answer was lost is saved, and whoever pressed again is told so', async () => {
  const there = server()
  const { form, onDone } = await open(there)
  there.loses = 1
  form.values.name = '二班'
  await nextTick()
  await form.submit()
  expect([form.draft.state, onDone.mock.calls.length]).toEqual(['waiting', 0])
  await form.submit()
  expect([form.draft.state, form.problem, form.draft.isSaved]).toEqual(['saved', undefined, true])
  expect(there.saved).toHaveLength(1)
  expect(onDone.mock.calls).toEqual([[{ version: 2, value: { name: '二班' } }]])
})

test('a real conflict is told to nobody as saved', async () => {
  const there = server()
  const { form, onDone } = await open(there)
  Object.assign(there.held, { version: 2, value: { name: '别人的' } })
  form.values.name = '二班'
  await nextTick()
  await form.submit()
  expect([form.draft.state, form.draft.theirs?.value.name]).toEqual(['conflict', '别人的'])
  expect(onDone).not.toHaveBeenCalled()
})

test('what the server trimmed and named since an answer was lost is no other person’s', async () => {
  const there = server()
  const { form, onDone } = await open(there)
  there.loses = 1
  Object.assign(form.values, { name: '二班 ', rows: [{ key: 'new', id: null, text: ' 三本账' }] })
  await nextTick()
  await form.submit()
  const stored = { name: '二班', rows: [{ key: 'itm_1', id: 'itm_1', text: '三本账' }] }
  Object.assign(there.held, { value: stored })
  await form.submit()
  expect([form.draft.state, form.draft.theirs]).toEqual(['saved', undefined])
  expect(form.values).toEqual(stored)
  expect([there.saved.length, onDone.mock.calls.length]).toEqual([1, 1])
  await settle()
  expect(await all('drafts', wang.person.id)).toEqual([])
})
