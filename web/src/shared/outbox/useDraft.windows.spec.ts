import { beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref, type Ref } from 'vue'
import { joined } from '@/shared/drafts/texts'
import { settle, showPage, wang } from '@/shared/testing/page'
import { all, deviceDb } from './db'
import { useDraft } from './useDraft'

/** One window: a page of its own on the same device. */
async function open() {
  let text!: Ref<string>
  let draft!: ReturnType<typeof useDraft<string>>
  const page = await showPage(
    defineComponent(() => {
      text = ref('')
      draft = useDraft('post:top_1', text, { join: joined })
      return () => h('p', text.value)
    }),
  )
  await draft.ready
  return {
    page,
    text,
    draft,
    async type(words: string) {
      text.value = words
      await page.vm.$nextTick()
      await draft.save()
    },
  }
}

const kept = async () => (await all('drafts', wang.person.id)).map(({ value }) => value)

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

test('a window where nothing is typed follows the newest words, and goes on from them', async () => {
  const one = await open()
  const other = await open()
  await one.type('第一句。')
  await expect.poll(() => other.text.value).toBe('第一句。')
  await other.type('第一句。第二句。')
  await expect.poll(() => one.text.value).toBe('第一句。第二句。')
  await one.type('第一句。第二句。第三句。')
  await expect.poll(() => other.text.value).toBe('第一句。第二句。第三句。')
  expect([one.draft.rival.value, other.draft.rival.value]).toEqual([undefined, undefined])
  expect(await kept()).toEqual(['第一句。第二句。第三句。'])
})

test.each([['with'], ['without']])(
  'what was typed in both stands side by side, also after both were loaded anew, %s channels',
  async (channels) => {
    if (channels === 'without') vi.stubGlobal('BroadcastChannel', undefined)
    const one = await open()
    const other = await open()
    one.text.value = '这里写的'
    other.text.value = '那里写的'
    await Promise.all([one.draft.save(), other.draft.save()])
    const both = ['这里写的', '那里写的']
    expect((await kept()).sort()).toEqual(both)
    await other.type('那里写的，又写')
    expect(other.draft.rival.value).toBe('这里写的')
    one.page.unmount()
    other.page.unmount()
    await settle()

    for (let n = 0; n < 2; n += 1) {
      const again = await open()
      expect([again.text.value, again.draft.rival.value].sort()).toEqual(
        ['那里写的，又写', '这里写的'].sort(),
      )
      again.page.unmount()
      await settle()
    }
  },
)

test.each([
  ['mine', '那里写的'],
  ['theirs', '这里写的'],
  ['both', '这里写的\n\n那里写的'],
] as const)('of two, %s is kept, and the other window follows what was chosen', async (choice, left) => {
  const one = await open()
  const other = await open()
  one.text.value = '这里写的'
  other.text.value = '那里写的'
  await Promise.all([one.draft.save(), other.draft.save()])
  await expect.poll(() => other.draft.rival.value).toBe('这里写的')
  await expect.poll(() => one.draft.rival.value).toBe('那里写的')
  await other.draft.settle(choice)
  expect(other.text.value).toBe(left)
  await expect.poll(() => one.text.value).toBe(left)
  expect([one.draft.rival.value, other.draft.rival.value]).toEqual([undefined, undefined])
  expect(await kept()).toEqual([left])
})

test('the same words typed in both are one', async () => {
  const one = await open()
  const other = await open()
  one.text.value = '一样的'
  other.text.value = '一样的'
  await Promise.all([one.draft.save(), other.draft.save()])
  await expect.poll(() => one.draft.rival.value ?? other.draft.rival.value).toBeUndefined()
  await one.type('一样的，再写')
  await expect.poll(() => other.text.value).toBe('一样的，再写')
})

test('what one window has sent is gone from the one that followed it, and what is typed further there stays', async () => {
  const one = await open()
  const other = await open()
  const third = await open()
  await one.type('发出去的')
  await expect.poll(() => [other.text.value, third.text.value]).toEqual(['发出去的', '发出去的'])
  third.text.value = '发出去的，还没写完'
  await one.draft.clear()
  await expect.poll(() => other.text.value).toBe('')
  await third.draft.save()
  expect(third.text.value).toBe('发出去的，还没写完')
  expect(await kept()).toEqual(['发出去的，还没写完'])
})

test('a window that is closed in the middle of a word leaves it for the next one', async () => {
  const one = await open()
  const other = await open()
  await one.type('写了一段')
  await expect.poll(() => other.text.value).toBe('写了一段')
  one.text.value = '写了一段，正要'
  one.page.unmount()
  await expect.poll(() => other.text.value).toBe('写了一段，正要')
  other.page.unmount()
  await settle()
  expect((await open()).text.value).toBe('写了一段，正要')
})

test('another person sees nothing of it', async () => {
  const one = await open()
  await one.type('我的')
  let text!: Ref<string>
  const page = await showPage(
    defineComponent(() => {
      text = ref('')
      useDraft('post:top_1', text)
      return () => h('p', text.value)
    }),
    { me: { ...wang, person: { ...wang.person, id: 'per_li' } } },
  )
  await one.type('我的，再写')
  await page.vm.$nextTick()
  expect(text.value).toBe('')
})
