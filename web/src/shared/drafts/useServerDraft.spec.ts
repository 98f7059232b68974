import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref, type Ref } from 'vue'
import { Problem } from '@/shared/api/problem'
import { deviceDb } from '@/shared/outbox/db'
import { showPage } from '@/shared/testing/page'
import type { Held } from './serverDraft'
import { useServerDraft } from './useServerDraft'

/** A server that holds one text and counts its versions, as ours does. */
function server(text = '', version = 0) {
  const held = { version, value: text }
  const asked: string[] = []
  const keys: string[] = []
  let down: Problem | undefined
  return {
    held,
    asked,
    keys,
    goDown: (problem: Problem | undefined = Problem.network()) => (down = problem),
    comeBack: () => (down = undefined),
    async read(): Promise<Held<string>> {
      if (down) throw down
      return { ...held }
    },
    async write(value: string, over: number, headers: Record<string, string>): Promise<Held<string>> {
      asked.push(value)
      keys.push(headers['Idempotency-Key'] ?? '')
      await Promise.resolve()
      if (down) throw down
      if (over !== held.version && value !== held.value)
        throw new Problem({ code: 'edit.conflict', status: 412 })
      if (value !== held.value) Object.assign(held, { value, version: held.version + 1 })
      return { ...held }
    },
  }
}

async function open(there: ReturnType<typeof server>, options: { pause?: number; name?: string } = {}) {
  let text!: Ref<string>
  let draft!: ReturnType<typeof useServerDraft<string, Held<string>>>
  const found = { ...there.held }
  const page = await showPage(
    defineComponent(() => {
      text = ref(found.value)
      draft = useServerDraft({
        name: options.name ?? 'reflection:tsk_1',
        value: text,
        found,
        read: there.read,
        write: there.write,
        heldIn: (answer: Held<string>) => answer,
        pause: 'pause' in options ? options.pause : 1000,
        join: (mine, theirs) => `${theirs}\n\n${mine}`,
      })
      return () => h('p', text.value)
    }),
  )
  await draft.ready
  return { page, text, draft }
}

const rested = (ms = 1000) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

let n = 0
const name = () => `draft-${(n += 1)}`

test('a pause in typing sends what is on the screen over the version that was read', async () => {
  const there = server('早上', 3)
  const { text, draft } = await open(there, { name: name() })
  text.value = '早上，'
  await rested(500)
  text.value = '早上，下雨了'
  await rested()
  expect(there.asked).toEqual(['早上，下雨了'])
  expect(there.held).toEqual({ version: 4, value: '早上，下雨了' })
  expect(draft.state.value).toBe('saved')
})

test('saves go one after the other, and the last words are sent', async () => {
  const there = server()
  const { text, draft } = await open(there, { name: name() })
  text.value = '一'
  await vi.advanceTimersByTimeAsync(0)
  const first = draft.save()
  text.value = '一二'
  const second = draft.save()
  expect(await first).toBe(true)
  expect(await second).toBe(true)
  expect(there.held).toEqual({ version: 2, value: '一二' })
})

test.each([
  ['mine', '这里写的', 5],
  ['theirs', '那里写的', 4],
  ['both', '那里写的\n\n这里写的', 5],
] as const)('two devices: both texts are there, and %s is what remains', async (keep, left, version) => {
  const there = server('开头', 3)
  const { text, draft } = await open(there, { name: name() })
  Object.assign(there.held, { version: 4, value: '那里写的' })
  text.value = '这里写的'
  await rested()
  expect(draft.state.value).toBe('conflict')
  expect(there.held.value).toBe('那里写的')
  expect(text.value).toBe('这里写的')
  expect(draft.view.theirs).toEqual({ version: 4, value: '那里写的' })
  // Typing on while one decides sends nothing.
  const asked = there.asked.length
  await rested(60_000)
  expect(there.asked).toHaveLength(asked)
  await draft.settle(keep)
  await rested()
  expect(text.value).toBe(left)
  expect(there.held).toEqual({ version, value: left })
  expect(draft.state.value).toBe('saved')
})

test('an older draft of this device does not overwrite newer words of the server, also after days', async () => {
  const there = server('开头', 3)
  const same = name()
  const first = await open(there, { name: same })
  there.goDown()
  first.text.value = '停电时写的'
  await rested()
  expect(first.draft.state.value).toBe('waiting')
  first.page.unmount()
  await rested(0)
  there.comeBack()
  Object.assign(there.held, { version: 7, value: '家里电脑写的' })

  const second = await open(there, { name: same })
  await rested(60_000)
  expect(second.draft.state.value).toBe('conflict')
  expect(second.text.value).toBe('停电时写的')
  expect(second.draft.view.theirs?.value).toBe('家里电脑写的')
  expect(there.held.value).toBe('家里电脑写的')
})

test('words that could not be sent go on from where they were when nobody else wrote', async () => {
  const there = server('开头', 3)
  const same = name()
  const first = await open(there, { name: same })
  there.goDown()
  first.text.value = '停电时写的'
  await rested()
  first.page.unmount()
  await rested(0)
  there.comeBack()
  const second = await open(there, { name: same })
  await rested()
  expect(second.draft.state.value).toBe('saved')
  expect(there.held).toEqual({ version: 4, value: '停电时写的' })
  // The device has let go: what another device writes later is what the next visit begins with.
  second.page.unmount()
  Object.assign(there.held, { version: 5, value: '后来的' })
  const third = await open(there, { name: same })
  expect(third.text.value).toBe('后来的')
  expect(third.draft.state.value).toBe('saved')
})

test('an answer that was lost is no conflict: the server has these very words', async () => {
  const there = server('开头', 3)
  const { text, draft } = await open(there, { name: name() })
  text.value = '写好了'
  Object.assign(there.held, { version: 4, value: '写好了' })
  await rested()
  expect(draft.state.value).toBe('saved')
  text.value = '写好了，又加一句'
  await rested()
  expect(there.held).toEqual({ version: 5, value: '写好了，又加一句' })
})

test('a refusal is named for what it is, and the words stay; no network is tried again by itself', async () => {
  const there = server('开头', 3)
  const { text, draft } = await open(there, { name: name() })
  there.goDown(new Problem({ code: 'task_board.week_closed', status: 409, title: '这一周已经结束' }))
  text.value = '晚了'
  await rested()
  expect(draft.state.value).toBe('failed')
  expect(draft.problem.value?.title).toBe('这一周已经结束')
  expect(draft.problem.value?.isNetwork).toBe(false)
  const asked = there.asked.length
  await rested(60_000)
  expect(there.asked).toHaveLength(asked)

  there.goDown()
  text.value = '再试'
  await rested()
  expect(draft.state.value).toBe('waiting')
  there.comeBack()
  await rested(5000)
  expect(draft.state.value).toBe('saved')
  expect(there.held.value).toBe('再试')
})

test('a version counted for something else is no conflict: the words it was written over are still there', async () => {
  const there = server('开头', 3)
  const same = name()
  const first = await open(there, { name: same, pause: undefined })
  first.text.value = '改过的开头'
  await rested(0)
  first.page.unmount()
  await rested(0)
  // Another task of the same list was changed.
  there.held.version = 5
  const second = await open(there, { name: same, pause: undefined })
  expect(second.text.value).toBe('改过的开头')
  expect(second.draft.state.value).not.toBe('conflict')
  expect(await second.draft.save()).toBe(true)
  expect(there.held).toEqual({ version: 6, value: '改过的开头' })
})

test('what an older answer kept on the device says is no second version', async () => {
  const there = server('开头', 3)
  const same = name()
  const first = await open(there, { name: same })
  there.goDown()
  first.text.value = '停电时写的'
  await rested()
  first.page.unmount()
  await rested(0)
  const older = server('更早的', 2)
  older.goDown()
  const second = await open(older, { name: same })
  expect(second.text.value).toBe('停电时写的')
  expect(second.draft.state.value).not.toBe('conflict')
})

test('a save whose answer was lost is known again, also when more was typed since', async () => {
  const there = server('开头', 3)
  const { text, draft } = await open(there, { name: name() })
  there.goDown()
  text.value = '写了一段'
  await rested()
  // It had arrived.
  Object.assign(there.held, { version: 4, value: '写了一段' })
  text.value = '写了一段，又一段'
  there.comeBack()
  await rested(5000)
  expect(draft.state.value).toBe('saved')
  expect(there.held).toEqual({ version: 5, value: '写了一段，又一段' })
})

test('a form sent again after a lost answer and a reload goes under its first key, and a changed one under another', async () => {
  const there = server('', 0)
  const same = name()
  there.goDown()
  const first = await open(there, { name: same, pause: undefined })
  first.text.value = '新的一条'
  expect(await first.draft.save()).toBe(false)
  first.page.unmount()
  const second = await open(there, { name: same, pause: undefined })
  await second.draft.save()
  second.text.value = '改过的一条'
  await second.draft.save()
  expect(there.keys).toHaveLength(3)
  expect(there.keys[1]).toBe(there.keys[0])
  expect(there.keys[2]).not.toBe(there.keys[0])
})

test('a newer answer fills the page while nothing is typed, and stands beside it when something is', async () => {
  const there = server('开头', 3)
  const { text, draft } = await open(there, { name: name() })
  draft.receive({ version: 4, value: '别处改的' })
  await rested()
  expect(text.value).toBe('别处改的')
  expect(draft.state.value).toBe('saved')
  expect(there.asked).toHaveLength(0)
  text.value = '我在写'
  await vi.advanceTimersByTimeAsync(0)
  draft.receive({ version: 5, value: '别处又改' })
  expect(draft.state.value).toBe('conflict')
  expect(text.value).toBe('我在写')
})

test('what was handed in by another way comes back as the newest version without a question', async () => {
  const there = server('开头', 3)
  const { text, draft } = await open(there, { name: name() })
  text.value = '交上去的'
  await vi.advanceTimersByTimeAsync(0)
  await draft.handOver()
  text.value = '交上去的，又想到一句'
  await vi.advanceTimersByTimeAsync(0)
  draft.receive({ version: 4, value: '交上去的' })
  expect(draft.state.value).toBe('typing')
  Object.assign(there.held, { version: 4, value: '交上去的' })
  await rested()
  expect(there.held).toEqual({ version: 5, value: '交上去的，又想到一句' })
})

test('a form is sent when its button is pressed, changed or not, and never by itself', async () => {
  const there = server('开头', 3)
  const { text, draft } = await open(there, { name: name(), pause: undefined })
  text.value = '改过'
  await rested(60_000)
  expect(there.asked).toHaveLength(0)
  expect(draft.isDirty.value).toBe(true)
  expect(await draft.save()).toBe(true)
  expect(draft.isDirty.value).toBe(false)
  expect(await draft.save()).toBe(true)
  expect(there.asked).toEqual(['改过', '改过'])
})

test('a conflict that cannot be looked at is met again when the server answers', async () => {
  const there = server('开头', 3)
  const { text, draft } = await open(there, { name: name() })
  text.value = '这里写的'
  Object.assign(there.held, { version: 4, value: '那里写的' })
  there.goDown(new Problem({ code: 'edit.conflict', status: 412 }))
  await rested()
  expect(draft.state.value).toBe('waiting')
  there.comeBack()
  await rested(5000)
  expect(draft.state.value).toBe('conflict')
  expect(there.held.value).toBe('那里写的')
})

const keptOf = async (name: string) =>
  (await (await deviceDb()).getAll('drafts')).filter(({ key }) => key.includes(`/${name}#`))

test('a refused addition that is taken back leaves nothing refused, and nothing on the device', async () => {
  const there = server('开头', 1)
  const { text, draft } = await open(there, { name: 'refused' })
  there.goDown(new Problem({ code: 'too_long', status: 422 }))
  text.value = '开头，太长'
  await rested()
  expect(draft.state.value).toBe('failed')
  text.value = '开头'
  await rested(0)
  expect([draft.state.value, draft.problem.value, draft.isDirty.value]).toEqual(['saved', undefined, false])
  await rested(60_000)
  expect(there.asked).toHaveLength(1)
  await expect.poll(() => keptOf('refused')).toEqual([])
})

test('a form whose sending found no network is settled once what was typed is taken back', async () => {
  const there = server('开头', 1)
  const { text, draft } = await open(there, { pause: undefined, name: 'unsent' })
  there.goDown()
  text.value = '别的'
  await rested(0)
  expect(await draft.save()).toBe(false)
  expect(draft.state.value).toBe('waiting')
  text.value = '开头'
  await rested(0)
  expect([draft.state.value, draft.problem.value]).toEqual(['saved', undefined])
  await expect.poll(() => keptOf('unsent')).toEqual([])
})
