import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref, type Ref } from 'vue'
import { Problem } from '@/shared/api/problem'
import { deviceDb } from '@/shared/outbox/db'
import { showPage } from '@/shared/testing/page'
import type { Held } from './serverDraft'
import { useServerDraft } from './useServerDraft'

/** A server that holds one text and counts its versions, as ours does. */
function server(value: string, version: number) {
  const held = { version, value }
  const there = {
    held,
    isDown: false,
    asked: [] as string[],
    async read(): Promise<Held<string>> {
      if (there.isDown) throw Problem.network()
      return { ...held }
    },
    async write(value: string, over: number): Promise<Held<string>> {
      there.asked.push(value)
      await Promise.resolve()
      if (there.isDown) throw Problem.network()
      if (value === held.value) return { ...held }
      if (over !== held.version) throw new Problem({ code: 'edit.conflict', status: 412 })
      Object.assign(held, { value, version: held.version + 1 })
      return { ...held }
    },
  }
  return there
}

/** One window; `found` is what its page was filled with. */
async function open(there: ReturnType<typeof server>, pause: number | undefined, found = { ...there.held }) {
  let text!: Ref<string>
  let draft!: ReturnType<typeof useServerDraft<string, Held<string>>>
  const page = await showPage(
    defineComponent(() => {
      text = ref(found.value)
      draft = useServerDraft({
        name: 'reflection:tsk_1',
        value: text,
        found,
        read: there.read,
        write: there.write,
        heldIn: (answer: Held<string>) => answer,
        pause,
        join: (mine, theirs) => `${theirs}\n\n${mine}`,
      })
      return () => h('p', text.value)
    }),
  )
  await draft.ready
  return { page, text, draft }
}

const rested = (ms = 1000) => vi.advanceTimersByTimeAsync(ms)

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  await (await deviceDb()).clear('drafts')
})
afterEach(() => {
  vi.useRealTimers()
})

test('without a network, words typed in two windows are both there after both were loaded anew', async () => {
  const there = server('开头', 3)
  there.isDown = true
  const one = await open(there, 2000)
  const other = await open(there, 2000)
  one.text.value = '开头，这里写的'
  other.text.value = '开头，那里写的'
  await rested(600)
  await expect.poll(() => [one.draft.state.value, other.draft.state.value]).toEqual(['conflict', 'conflict'])
  expect([one.draft.view.isElsewhere, one.draft.view.theirs?.value]).toEqual([true, '开头，那里写的'])
  await rested(60_000)
  expect(there.asked).toEqual([])
  one.page.unmount()
  other.page.unmount()
  await rested(0)

  const again = await open(there, 2000)
  await expect.poll(() => again.draft.state.value).toBe('conflict')
  expect([again.text.value, again.draft.view.theirs?.value].sort()).toEqual(
    ['开头，这里写的', '开头，那里写的'].sort(),
  )
  there.isDown = false
  await again.draft.settle('both')
  expect(there.held.version).toBe(4)
  expect(there.held.value).toContain('这里写的')
  expect(there.held.value).toContain('那里写的')
  expect(again.draft.state.value).toBe('saved')
  await expect.poll(async () => (await deviceDb()).count('drafts')).toBe(0)
})

test('a window that followed has saved what the other one saved, and goes on from it without a question', async () => {
  const there = server('开头', 3)
  const one = await open(there, 2000)
  const other = await open(there, 2000)
  one.text.value = '开头，写了'
  await rested(600)
  await expect.poll(() => other.text.value).toBe('开头，写了')
  await rested(1400)
  await expect.poll(() => [one.draft.state.value, other.draft.state.value]).toEqual(['saved', 'saved'])
  expect(there.asked).toEqual(['开头，写了'])
  other.text.value = '开头，写了，再写'
  await rested(2000)
  await expect.poll(() => there.held).toEqual({ version: 5, value: '开头，写了，再写' })
  await expect.poll(() => one.text.value).toBe('开头，写了，再写')
  await expect.poll(() => [one.draft.state.value, other.draft.state.value]).toEqual(['saved', 'saved'])
})

test('what is typed on while the other window saves goes over what it saved', async () => {
  const there = server('开头', 3)
  const one = await open(there, 2000)
  const other = await open(there, 2000)
  one.text.value = '开头，写了'
  await rested(600)
  await expect.poll(() => other.text.value).toBe('开头，写了')
  other.text.value = '开头，写了，又想'
  expect(await one.draft.save()).toBe(true)
  await expect.poll(() => other.draft.version()).toBe(4)
  await rested(2000)
  await expect.poll(() => there.held).toEqual({ version: 5, value: '开头，写了，又想' })
  expect(other.draft.state.value).toBe('saved')
})

test('a form that two windows fill in: the one saved does not take the words of the other from the device', async () => {
  const there = server('开头', 3)
  const one = await open(there, undefined)
  const other = await open(there, undefined)
  one.text.value = '这里改的'
  other.text.value = '那里改的'
  await rested(600)
  await expect.poll(() => other.draft.state.value).toBe('conflict')
  await one.draft.settle('mine')
  expect(await one.draft.save()).toBe(true)
  expect(there.held).toEqual({ version: 4, value: '这里改的' })
  // The person chose, and the other window heard of it.
  await expect.poll(() => other.text.value).toBe('这里改的')
  await expect.poll(() => other.draft.state.value).toBe('saved')
})

test('given up in one window, it is given up in the one that followed', async () => {
  const there = server('开头', 3)
  const one = await open(there, undefined)
  const other = await open(there, undefined)
  one.text.value = '写错了'
  await rested(600)
  await expect.poll(() => other.text.value).toBe('写错了')
  await one.draft.discard()
  await expect.poll(() => other.text.value).toBe('开头')
  expect(other.draft.isDirty.value).toBe(false)
  await expect.poll(async () => (await deviceDb()).count('drafts')).toBe(0)
})
