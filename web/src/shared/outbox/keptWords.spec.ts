import { beforeEach, expect, test } from 'vitest'
import { defineComponent, h, ref, type Ref } from 'vue'
import { useNewForm } from '@/shared/drafts/useNewForm'
import { useServerDraft } from '@/shared/drafts/useServerDraft'
import { keepDraft, settle, showPage, wang } from '@/shared/testing/page'
import { all, deviceDb, unsent } from './db'
import { keptWords } from './keptWords'
import { useDraft } from './useDraft'

const person = wang.person.id
const kept = async () =>
  (await keptWords(person)).map(({ label, page, text, way }) => ({ label, page, text, way }))

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
  localStorage.clear()
  document.title = '石桥班 · 领学'
})

/** A page on which somebody writes and leaves. */
async function left(setup: () => void, at = '/office/trainings/1') {
  const page = await showPage(
    defineComponent(() => {
      setup()
      return () => h('p')
    }),
    { at },
  )
  await settle()
  page.unmount()
  await settle()
}

test('each thing says what it is for, where it was written, and what becomes of it', async () => {
  await left(() => {
    const form = useNewForm({
      name: 'end:1',
      label: '结束这份工作',
      values: () => ({ kind: 'lead', reason: '', note: '照旧' }),
      send: () => Promise.resolve(),
    })
    form.values.reason = '调到别处去了'
  })
  expect(await kept()).toEqual([
    { label: '结束这份工作 · 石桥班', page: '/office/trainings/1', text: '调到别处去了', way: 'stays' },
  ])
})

test('of a thing that the server has, only what was typed is shown; what saves itself says so', async () => {
  const value = ref({ title: '分数', body: '旧的' })
  const found = { version: 1, value: { title: '分数', body: '旧的' } }
  await left(() => {
    useServerDraft({
      name: 'opinion:1',
      value,
      found,
      read: () => Promise.resolve(found),
      write: () => Promise.reject(new TypeError('no network')),
      heldIn: (answer) => answer,
      pause: 1000,
    })
    value.value = { title: '分数', body: '新写的一段' }
  }, '/learn/tasks/1')
  await expect
    .poll(kept)
    .toEqual([{ label: '石桥班', page: '/learn/tasks/1', text: '新写的一段', way: 'saves' }])
})

test('the title is that of the page where it was written, also when it is kept on the way out', async () => {
  await left(() => {
    const text = ref('')
    useDraft('note', text)
    void Promise.resolve().then(() => (text.value = '还没写完'))
    void settle().then(() => (document.title = '别的页面 · 领学'))
  })
  expect(await kept()).toMatchObject([{ label: '石桥班', text: '还没写完' }])
})

test('only the owner’s words are found on a device of two', async () => {
  await keepDraft('note', '王老师写的')
  await keepDraft('note', '李老师写的', 'per_li')
  localStorage.setItem(
    'lingxue.form/per_li/x {}0',
    JSON.stringify({ at: 1, values: '{}', from: '{}', page: '/x' }),
  )
  expect((await kept()).map(({ text }) => text)).toEqual(['王老师写的'])
})

test('a draft of several windows counts once, and what nothing takes any more is shown and not counted', async () => {
  const row = { user: person, at: 1, n: 1 }
  const db = await deviceDb()
  await db.put('drafts', { ...row, key: `${person}/a#one`, window: 'one', value: '一', seen: {} })
  await db.put('drafts', {
    ...row,
    key: `${person}/a#two`,
    window: 'two',
    value: '一二',
    seen: { one: 1 },
    at: 2,
  })
  await db.put('drafts', {
    ...row,
    key: `${person}/b#one`,
    window: 'one',
    value: '三',
    seen: {},
    isStranded: true,
  })
  expect(await kept()).toMatchObject([
    { text: '一二', way: 'stays' },
    { text: '三', way: 'over' },
  ])
  expect(await unsent(person)).toBe(1)
})

test('what is given up is gone from the device, and from a page that shows it', async () => {
  let text!: Ref<string>
  const page = await showPage(
    defineComponent(() => {
      text = ref('')
      const draft = useDraft('note', text)
      void draft.ready.then(async () => {
        text.value = '不要了'
        await draft.save()
      })
      return () => h('p', text.value)
    }),
  )
  await settle()
  const [one] = await keptWords(person)
  await one?.drop()
  expect(await all('drafts', person)).toEqual([])
  await expect.poll(() => text.value).toBe('')
  page.unmount()
  await settle()
  expect(await keptWords(person)).toEqual([])
})

test('a form whose session ended under it is found too, until it is given up', async () => {
  const form = { at: 5, values: '{"role":"admin","reason":"写了一半"}', from: '{"role":"","reason":""}' }
  localStorage.setItem(
    `lingxue.form/${person}/office/grants {}0`,
    JSON.stringify({ ...form, page: '/office/grants', title: '权限' }),
  )
  const [one, ...more] = await keptWords(person)
  expect([one, more]).toMatchObject([
    { label: '权限', page: '/office/grants', text: '写了一半', way: 'stays' },
    [],
  ])
  await one?.drop()
  expect(await keptWords(person)).toEqual([])
})
