import { beforeEach, expect, test } from 'vitest'
import AfterPage from '@/app/AfterPage.vue'
import { deviceDb, keep } from '@/shared/outbox/db'
import { gather } from '@/shared/outbox/gathered'
import { put } from '@/shared/outbox/outbox'
import { isListOpen } from '@/shared/outbox/shown'
import { writing } from '@/shared/outbox/writing'
import { settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import { mayLeave } from './leaving'
import type { Locale } from '@/shared/i18n'

const person = wang.person.id
const post = (label: string) => ({
  ...writing(
    'POST',
    '/api/v1/topics/{topic_id}/posts',
    { topic_id: 'top_1' },
    { body: '写的', client_id: 'c1' },
  ),
  thread: label,
  label,
})

async function keepForm(name: string, title: string, savesItself = false) {
  const row = { user: person, window: 'w', n: 1, seen: {}, at: 1, value: '写的' }
  await keep('drafts', { ...row, key: `${person}/${name}#w`, shown: { title, text: '写的', savesItself } })
}

beforeEach(async () => {
  const db = await deviceDb()
  for (const store of ['outbox', 'drafts', 'gathered'] as const) await db.clear(store)
  isListOpen.value = false
  asked.value = undefined
})

test('who leaves nothing behind is not asked', async () => {
  await showPage(AfterPage)
  expect(await mayLeave(person)).toBe(true)
  expect(asked.value).toBeUndefined()
})

test.each<[Locale, string[]]>([
  [
    'zh-CN',
    [
      '2 项您下次在这台设备上登录后自动发送：回复一、观看记录',
      '1 项没有被接受，要您改好才会发送：回复二',
      '1 项等您再打开它的页面才会保存，不会自动提交：写反思',
      '1 项没有提交，也不会自己发送，只在它的页面上等您：结束这份工作 · 石桥班',
    ],
  ],
  [
    'en',
    [
      'Sent by themselves when you sign in here again (2): 回复一, 观看记录',
      'Not accepted, and only sent once you have corrected them (1): 回复二',
      'Saved only once you open their page again, and not handed in by themselves (1): 写反思',
      'Never sent by themselves, waiting for you on their page (1): 结束这份工作 · 石桥班',
    ],
  ],
])('in %s it says of each thing by name what becomes of it', async (language, points) => {
  const page = await showPage(AfterPage, { language })
  await put(person, post('回复一'))
  await keep('outbox', { ...(await put(person, post('回复二'))), state: 'failed' })
  await gather(person, 'watch:1', {}, post('观看记录'))
  await gather(person, 'watch:1', {}, post('观看记录'))
  await keepForm('end', '结束这份工作 · 石桥班')
  await keepForm('reflection', '写反思', true)
  const leaving = mayLeave(person)
  await expect.poll(() => asked.value?.points).toEqual(points)
  expect(asked.value?.title).toContain('5')
  await settle()
  expect(page.findAll('dialog li').map((point) => point.text())).toEqual(points)
  asked.value?.answer(true)
  expect(await leaving).toBe(true)
})

test('of many things some are named', async () => {
  await showPage(AfterPage)
  for (const name of ['一', '二', '三', '四', '五']) await keepForm(name, name)
  void mayLeave(person)
  await expect.poll(() => asked.value?.points?.[0]).toMatch(/^5 项没有提交.*：(.、){3}.等$/)
})

test('what nothing takes any more is not asked about, and somebody else’s is not seen', async () => {
  await showPage(AfterPage)
  const row = { window: 'w', n: 1, seen: {}, at: 1, value: '写的' }
  await keep('drafts', { ...row, user: person, key: `${person}/a#w`, isStranded: true })
  await keep('drafts', { ...row, user: 'per_li', key: 'per_li/a#w' })
  expect(await mayLeave(person)).toBe(true)
})

test('instead of an answer the list is opened, and nobody is signed out', async () => {
  const page = await showPage(AfterPage)
  await keepForm('end', '石桥班')
  const leaving = mayLeave(person)
  await expect.poll(() => asked.value).toBeDefined()
  await settle()
  await page
    .findAll('button')
    .find((button) => button.text() === '先看一看')
    ?.trigger('click')
  expect(await leaving).toBe(false)
  expect(isListOpen.value).toBe(true)
  await expect.poll(() => document.querySelector('article')?.textContent).toContain('石桥班')
})
