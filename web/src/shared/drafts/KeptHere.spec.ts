import { useQuery } from '@tanstack/vue-query'
import { beforeEach, expect, test } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { api, call } from '@/shared/api'
import { all, deviceDb, keep } from '@/shared/outbox/db'
import { useDraft } from '@/shared/outbox/useDraft'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import ConfirmHost from '@/shared/ui/ConfirmHost.vue'
import { asked } from '@/shared/ui/useConfirm'
import QueryView from '@/shared/ui/QueryView.vue'

const at = '/teach/grading/cls_1/sub_1'
const row = { window: 'w', n: 1, seen: {}, at: 1, value: {} }

const keptAt = (name: string, page: string, text = `${name} 的字`, user = wang.person.id) =>
  keep('drafts', { ...row, user, key: `${user}/${name}#w`, shown: { title: name, page, text } })

/** A page that shows its thing, with a comment to be typed about it. */
const Comment = defineComponent(() => {
  const comment = ref('')
  useDraft('comment', comment)
  return () =>
    h('input', { onInput: (event: InputEvent) => (comment.value = (event.target as HTMLInputElement).value) })
})
const Page = defineComponent(() => {
  const query = useQuery({ queryKey: ['me'], queryFn: () => call(api.GET('/api/v1/me')) })
  return () => [
    h(QueryView, { query }, { default: () => h(Comment) }),
    h('button', { id: 'again', onClick: () => query.refetch() }),
    h(ConfirmHost),
  ]
})
const answer = (status: number) =>
  answers({ 'GET /api/v1/me': status === 200 ? wang : reply(status, { code: 'x' }) })

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
  asked.value = undefined
})

test.each([403, 404, 410])('a page that answers %s shows what was typed on it before', async (status) => {
  await keptAt('评语', `${at}?from=queue`)
  await keptAt('别处', '/teach/other')
  await keptAt('别人', at, '别人的字', 'per_li')
  answer(status)
  const page = await showPage(Page, { at })
  await expect.poll(() => page.text()).toContain('评语 的字')
  expect(page.text()).toContain('不能再提交')
  expect(page.text()).not.toMatch(/别处|别人/)
  // It waits for nothing any more.
  await expect
    .poll(async () => (await all('drafts', wang.person.id)).map((one) => one.isStranded))
    .toContain(true)

  await page
    .findAll('button')
    .find((one) => one.text() === '删除')
    ?.trigger('click')
  await expect.poll(() => asked.value).toBeDefined()
  asked.value?.answer(true)
  await expect.poll(() => page.text()).not.toContain('评语 的字')
  expect((await all('drafts', wang.person.id)).map(({ key }) => key)).toEqual(['per_wang/别处#w'])
})

test.each([500, 200])('a page that answers %s keeps them for its form', async (status) => {
  await keptAt('评语', at)
  answer(status)
  const page = await showPage(Page, { at })
  await settle()
  expect(page.text()).not.toContain('评语 的字')
  expect((await all('drafts', wang.person.id)).map((one) => one.isStranded)).toEqual([undefined])
})

test('words under the hands of the writer stay in sight when the page is refused', async () => {
  answer(200)
  const page = await showPage(Page, { at })
  await page.get('input').setValue('写得真实')
  answer(404)
  await page.get('#again').trigger('click')
  await expect.poll(() => page.text()).toContain('写得真实')
  expect(page.find('input').exists()).toBe(false)
})

test('what a form beside it shows is not shown twice', async () => {
  answer(404)
  const Beside = defineComponent(() => () => [h(Comment), h(Page)])
  await keep('drafts', {
    ...row,
    user: wang.person.id,
    key: 'per_wang/comment#w',
    value: '写的',
    shown: { title: '评语', page: at, text: '写的' },
  })
  const page = await showPage(Beside, { at })
  await expect.poll(() => page.find('[role=alert]').exists()).toBe(true)
  await settle()
  expect(page.text()).not.toContain('不能再提交')
})
