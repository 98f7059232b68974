import { beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, shallowRef } from 'vue'
import { Problem } from '@/shared/api/problem'
import { deviceDb } from '@/shared/outbox/db'
import BaseInput from '@/shared/ui/BaseInput.vue'
import { settle, showPage } from '@/shared/testing/page'
import DraftStatus from './DraftStatus.vue'
import { linesOf } from './lines'
import type { Held } from './serverDraft'
import { useSharedForm } from './useSharedForm'

type Week = { title: string; goal: string; minutes: number }
const began: Week = { title: '第一周', goal: '说清楚', minutes: 20 }
const lines = (one: Week) => linesOf(['标题', one.title], ['目标', one.goal], ['分钟', one.minutes])

/** A server that holds one week, at version 1. */
function server() {
  const held: Held<Week> = { version: 1, value: began }
  const sent: [Week, string][] = []
  return {
    held,
    sent,
    others: (version: number, change: Partial<Week>) =>
      Object.assign(held, { version, value: { ...held.value, ...change } }),
    send: async (value: Week, ifMatch: string): Promise<Held<Week>> => {
      await Promise.resolve()
      sent.push([value, ifMatch])
      if (ifMatch !== `"v${held.version}"`) throw new Problem({ status: 412, code: 'edit.conflict' })
      Object.assign(held, { version: held.version + 1, value })
      return { ...held }
    },
  }
}

async function open(there: ReturnType<typeof server>, hasButton = false) {
  const found = shallowRef<Held<Week>>({ ...there.held })
  const onDone = vi.fn<(answer: Held<Week>) => void>()
  let form!: ReturnType<typeof useSharedForm<Week, Held<Week>>>
  const page = await showPage(
    defineComponent(() => {
      form = useSharedForm<Week, Held<Week>>({
        name: 'week:1',
        found: () => found.value,
        read: () => Promise.resolve({ ...there.held }),
        send: there.send,
        heldIn: (answer) => answer,
        onDone,
      })
      return () =>
        h('form', [
          h(BaseInput, { label: '标题', modelValue: form.values.title }),
          h(DraftStatus<Week>, { draft: form.draft as never, lines }),
          hasButton && h('button', { type: 'submit', disabled: form.draft.state === 'conflict' }, '保存'),
        ])
    }),
  )
  await settle()
  return { page, found, form, onDone }
}

async function type(form: Awaited<ReturnType<typeof open>>['form'], words: Partial<Week>) {
  Object.assign(form.values, words)
  await nextTick()
}

const choose = async (page: Awaited<ReturnType<typeof open>>['page'], name: string) => {
  const button = page.findAll('button').find((one) => one.text() === name)
  await button?.trigger('click')
  await settle()
}

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

test('what only somebody else changed comes in unasked and told, and is sent with mine over the newest at the next press', async () => {
  const there = server()
  const { page, form, onDone } = await open(there)
  await type(form, { title: '我的第一周' })
  there.others(2, { goal: '做出来' })
  await form.submit()
  await settle()
  expect([form.draft.state, form.problem]).toEqual(['typing', undefined])
  expect({ ...form.values }).toEqual({ ...began, title: '我的第一周', goal: '做出来' })
  // Nothing goes before its person has seen what it is now.
  expect([there.sent.length, onDone.mock.calls.length]).toEqual([1, 0])
  expect(page.text()).toContain('另一个人改过：目标。')
  expect(page.text()).not.toContain('标题。')
  expect(page.text()).not.toContain('两份不同的内容')

  await form.submit()
  await settle()
  expect(there.sent[1]).toEqual([{ ...began, title: '我的第一周', goal: '做出来' }, '"v2"'])
  expect([form.draft.state, onDone.mock.calls.length]).toEqual(['saved', 1])
  expect(page.text()).not.toContain('另一个人改过')
})

test('only what both changed is asked about, and either choice keeps the rest of both', async () => {
  for (const [choice, title] of [
    ['用我写的', '我的'],
    ['用已保存的', '别人的'],
  ] as const) {
    await (await deviceDb()).clear('drafts')
    const there = server()
    const { page, form } = await open(there)
    await type(form, { title: '我的', goal: '我的目标' })
    there.others(2, { title: '别人的', minutes: 40 })
    await form.submit()
    await settle()
    expect(form.draft.state).toBe('conflict')
    const notice = page.get('[role=alert]')
    expect(notice.findAll('h3').map((one) => one.text())).toEqual(['标题'])
    expect(notice.findAll('blockquote').map((one) => one.text())).toEqual(['我的', '别人的'])
    expect(notice.text()).toContain('其他内容已经合在一起')

    await choose(page, choice)
    expect({ ...form.values }).toEqual({ title, goal: '我的目标', minutes: 40 })
    await form.submit()
    await settle()
    expect(there.held).toEqual({ version: 3, value: { title, goal: '我的目标', minutes: 40 } })
    expect(there.sent.at(-1)?.[1]).toBe('"v2"')
    page.unmount()
    await settle()
  }
})

test('a form that was left in the middle of a choice asks again only about what both changed, whatever others do since', async () => {
  const there = server()
  const first = await open(there)
  await type(first.form, { title: '我的' })
  there.others(2, { title: '别人的', minutes: 40 })
  await first.form.submit()
  await settle()
  first.page.unmount()
  await settle()

  there.others(3, { minutes: 60 })
  const { page, form } = await open(there)
  expect(form.draft.state).toBe('conflict')
  expect(page.findAll('blockquote').map((one) => one.text())).toEqual(['我的', '别人的'])
  await choose(page, '用我写的')
  expect({ ...form.values }).toEqual({ ...began, title: '我的', minutes: 60 })
})

test('what was typed at an earlier visit takes in what others changed since, and is told so', async () => {
  const there = server()
  const first = await open(there)
  await type(first.form, { title: '我的' })
  first.page.unmount()
  await settle()
  there.others(2, { goal: '做出来' })
  const { page, form } = await open(there)
  expect([form.draft.state, form.values.title, form.values.goal]).toEqual(['typing', '我的', '做出来'])
  expect(page.text()).toContain('另一个人改过：目标。')
  await form.submit()
  expect(there.held).toMatchObject({ version: 3, value: { title: '我的', goal: '做出来' } })
})

test('what comes while somebody types comes in beside it', async () => {
  const there = server()
  const { page, found, form } = await open(there)
  await type(form, { title: '我的' })
  found.value = { version: 2, value: { ...began, goal: '做出来' } }
  await settle()
  expect([form.draft.state, form.values.title, form.values.goal]).toEqual(['typing', '我的', '做出来'])
  expect(page.text()).toContain('另一个人改过：目标。')
})

test('the choice comes before the eyes with the focus, and hands the focus back once it is made', async () => {
  const there = server()
  const { page, form } = await open(there)
  const input = page.get('input').element
  input.focus()
  await type(form, { title: '我的' })
  there.others(2, { title: '别人的' })
  const shown = vi.spyOn(Element.prototype, 'scrollIntoView')
  await form.submit()
  await settle()
  const notice = page.get('[role=alert]').element
  expect(shown.mock.contexts).toEqual([notice])
  expect(document.activeElement).toBe(notice)
  for (const choice of page.findAll('button')) {
    if (choice.text() !== '用已保存的') continue
    ;(choice.element as HTMLElement).focus()
    await choice.trigger('click')
  }
  await settle()
  expect(page.find('[role=alert]').exists()).toBe(false)
  expect(document.activeElement).toBe(input)
})

test.each([true, false])(
  'where the focus was nowhere before, it goes to what sends the form, or to its first field (button: %s)',
  async (hasButton) => {
    const there = server()
    const first = await open(there)
    await type(first.form, { title: '我的' })
    first.page.unmount()
    await settle()
    there.others(2, { title: '别人的' })
    const { page } = await open(there, hasButton)
    expect(document.activeElement).toBe(page.get('[role=alert]').element)
    const choice = page.findAll('button').find((one) => one.text() === '用已保存的')
    ;(choice?.element as HTMLElement).focus()
    await choice?.trigger('click')
    await settle()
    expect(document.activeElement).toBe(page.get(hasButton ? '[type=submit]' : 'input').element)
  },
)
