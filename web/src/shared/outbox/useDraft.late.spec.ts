import { afterEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, ref, type Ref } from 'vue'
import { wang } from '@/shared/testing/page'

const person = wang.person.id

/** A device that has just been switched on, and gives its database only when the spec says so. */
async function device(old: string) {
  vi.resetModules()
  const before = await import('./db')
  await (await before.deviceDb()).clear('drafts')
  const row = { key: `${person}/late#w1`, user: person, value: old, at: 1, window: 'w1', n: 1, seen: {} }
  await before.keep('drafts', row)

  vi.resetModules()
  let isOpen = false
  let held: (() => void) | undefined
  const open = indexedDB.open.bind(indexedDB)
  vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    const request = open(name, version)
    const dispatch = request.dispatchEvent.bind(request)
    request.dispatchEvent = (event) => {
      if (event.type !== 'success' || isOpen) return dispatch(event)
      held = () => dispatch(event)
      return true
    }
    return request
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { showPage } = await import('@/shared/testing/page')
  const { useDraft } = await import('./useDraft')
  let text!: Ref<string>
  let draft!: ReturnType<typeof useDraft<string>>
  await showPage(
    defineComponent(() => {
      text = ref('')
      draft = useDraft('late', text, { join: (mine, theirs) => `${theirs}${mine}` })
      return () => h('p', text.value)
    }),
  )
  const kept = async () => (await before.all('drafts', person)).map(({ value }) => value)
  const give = () => {
    isOpen = true
    held?.()
  }
  return { text, draft, kept, give }
}

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('a draft that could not be asked for is on the screen once the device has opened late', async () => {
  const { text, draft, kept, give } = await device('昨天写的很长的一段')
  await vi.advanceTimersByTimeAsync(3000)
  await draft.ready
  expect(text.value).toBe('')
  give()
  await expect.poll(() => text.value).toBe('昨天写的很长的一段')
  expect(draft.restored.value).toBe(true)
  expect(await kept()).toEqual(['昨天写的很长的一段'])
})

test.each([500, 3500])(
  'words typed before the device answered, after %i ms, stand beside the older ones, and neither is lost',
  async (after) => {
    const { text, draft, kept, give } = await device('昨天写的')
    text.value = '今天写的'
    await nextTick()
    await vi.advanceTimersByTimeAsync(after)
    give()
    await vi.advanceTimersByTimeAsync(3000)
    await expect.poll(() => draft.rival.value).toBe('昨天写的')
    expect(text.value).toBe('今天写的')
    expect(await kept()).toContain('昨天写的')
    await draft.settle('both')
    expect(await kept()).toEqual(['昨天写的今天写的'])
  },
)
