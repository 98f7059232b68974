import { beforeEach, expect, test } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { all, deviceDb } from '@/shared/outbox/db'
import { settle, showPage, wang } from '@/shared/testing/page'
import BaseDialog from './BaseDialog.vue'
import EndPartForm from './EndPartForm.vue'
import { asked } from './useConfirm'

const words = { text: '说明', reason: '原因', hint: '', action: '结束这份工作', who: '张文博' }
const form = () => h(EndPartForm, { name: 'end:1', words, send: () => Promise.resolve(), refreshes: [] })

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

async function open(isFolded = false) {
  const isOpen = ref(true)
  const page = await showPage(
    defineComponent(() => () => [
      h(
        BaseDialog,
        { title: '结束', open: isOpen.value, 'onUpdate:open': (next: boolean) => void (isOpen.value = next) },
        () => (isFolded ? h('details', { open: true }, [h('summary', '结束'), form()]) : form()),
      ),
    ]),
  )
  await page.get('textarea').setValue('调到别处去了')
  return { page, isOpen }
}

async function press(page: Awaited<ReturnType<typeof open>>['page'], name: string, answer?: boolean) {
  const found = page
    .findAll('button')
    .find((one) => one.text() === name || one.attributes('aria-label') === name)
  await found?.trigger('click')
  await settle()
  if (answer !== undefined) asked.value?.answer(answer)
  await settle()
}

test('what a dialog asked for is called off with what was typed for it, after a question', async () => {
  const { page, isOpen } = await open()
  await press(page, '取消', false)
  expect([isOpen.value, page.get('textarea').element.value]).toEqual([true, '调到别处去了'])
  await press(page, '取消', true)
  expect(isOpen.value).toBe(false)
  page.unmount()
  await settle()
  expect(await all('drafts', wang.person.id)).toEqual([])
})

test('who only closes it finds it again, and the list says what it is for', async () => {
  const { page, isOpen } = await open()
  await press(page, '关闭')
  expect(isOpen.value).toBe(false)
  page.unmount()
  await settle()
  expect(await all('drafts', wang.person.id)).toMatchObject([
    { shown: { label: '结束这份工作 · 张文博', text: '调到别处去了' } },
  ])
})

test('in a folded part, only that is folded away', async () => {
  const { page, isOpen } = await open(true)
  await press(page, '取消', true)
  expect(isOpen.value).toBe(true)
  expect(page.get<HTMLDetailsElement>('details').element.open).toBe(false)
})
