import { beforeEach, expect, test } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { hearTime } from '@/shared/lib/serverClock'
import { useSession } from '@/shared/session/session'
import { settle, showPage, wang } from '@/shared/testing/page'
import BaseInput from '@/shared/ui/BaseInput.vue'
import { asked } from '@/shared/ui/useConfirm'
import { useForm } from './useForm'

const li = { ...wang, person: { ...wang.person, id: 'per_li' } }

async function open(me = wang, autocomplete?: string, at = '/office/people') {
  let form!: ReturnType<typeof make>
  const make = () => useForm({ values: () => ({ reason: '' }), send: (values) => Promise.resolve(values) })
  const page = await showPage(
    defineComponent(() => {
      form = make()
      return () => h(BaseInput, { label: '理由', autocomplete, modelValue: form.values.reason })
    }),
    { me, at },
  )
  return { page, form }
}

/** The session ends under the page: signed out in another tab, or refused by the server. */
async function end(page: Awaited<ReturnType<typeof open>>['page']) {
  useSession().$patch({ me: undefined, phase: 'out' })
  await nextTick()
  page.unmount()
}

beforeEach(() => {
  asked.value = undefined
})

test('what was typed when the session ended is offered to the same person, and to nobody else', async () => {
  const first = await open()
  first.form.values.reason = '家里有事'
  await end(first.page)
  const other = await open(li)
  await settle()
  expect(asked.value).toBeUndefined()
  other.page.unmount()
  const elsewhere = await open(wang, undefined, '/office/others')
  await settle()
  expect(asked.value).toBeUndefined()
  elsewhere.page.unmount()

  const again = await open()
  await settle()
  expect(again.form.values.reason).toBe('')
  asked.value?.answer(true)
  await settle()
  expect(again.form.values.reason).toBe('家里有事')
  await again.form.submit()
  expect(Object.keys(localStorage).filter((key) => key.startsWith('lingxue.form/'))).toEqual([])
})

test('a question that is left without a word takes nothing away', async () => {
  const first = await open()
  first.form.values.reason = '写了一半'
  await end(first.page)
  const again = await open()
  await settle()
  asked.value?.answer(false)
  await settle()
  // Escape once more, at the question whether it should go.
  asked.value?.answer(false)
  await settle()
  again.page.unmount()
  const last = await open()
  await settle()
  asked.value?.answer(true)
  await settle()
  expect(last.form.values.reason).toBe('写了一半')
})

test('given up in so many words, it is gone', async () => {
  const first = await open()
  first.form.values.reason = '不要了'
  await end(first.page)
  const again = await open()
  await settle()
  asked.value?.answer(false)
  await settle()
  asked.value?.answer(true)
  await settle()
  again.page.unmount()
  await open()
  await settle()
  expect(asked.value).toBeUndefined()
})

test.each(['current-password', 'new-password', 'one-time-code'])(
  'a form with an input of %s is never kept',
  async (autocomplete) => {
    const first = await open(wang, autocomplete)
    first.form.values.reason = 'secret'
    await end(first.page)
    expect(JSON.stringify(Object.entries(localStorage))).not.toContain('secret')
  },
)

test('nothing is kept where nothing was typed, and what was kept lives for half a day by the server’s clock', async () => {
  const empty = await open()
  await end(empty.page)
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith('lingxue.form/'))
  expect(kept()).toEqual([])
  const first = await open()
  first.form.values.reason = '昨天写的'
  await end(first.page)
  const [key = ''] = kept()
  const row = JSON.parse(localStorage.getItem(key) ?? '{}') as { at: number }
  hearTime(new Date().toUTCString())
  // Kept while this device was days ahead.
  localStorage.setItem(key, JSON.stringify({ ...row, at: row.at + 3 * 86_400_000 }))
  const second = await open()
  await expect.poll(() => asked.value).toBeDefined()
  asked.value?.answer(true)
  await settle()
  second.page.unmount()
  localStorage.setItem(key, JSON.stringify({ ...row, at: row.at - 13 * 3600_000 }))
  await open()
  await settle()
  expect(asked.value).toBeUndefined()
  expect(kept()).toEqual([])
})
