import { expect, test } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { answers, settle, showPage } from '@/shared/testing/page'
import { useKeptFocus } from './useKeptFocus'

const rows = ref(['甲', '乙'])
const isShown = ref(true)
const Page = defineComponent({
  setup() {
    useKeptFocus()
    return () => [
      h('h1', '分班'),
      isShown.value &&
        h('section', [h('h2', '未分班'), rows.value.map((row) => h('button', { key: row, id: row }, row))]),
      h('button', { id: 'else' }, '别处'),
    ]
  },
})
const at = (id: string) => document.getElementById(id)

test('when a press takes its own button away, the heading of what stood around it has the focus', async () => {
  answers({})
  const page = await showPage(Page)
  at('甲')?.focus()
  rows.value = ['乙']
  await settle()
  expect(document.activeElement?.textContent).toBe('未分班')
  at('乙')?.focus()
  isShown.value = false
  await settle()
  expect(document.activeElement?.textContent).toBe('分班')
  page.unmount()
})

test('a focus that is somewhere stays there', async () => {
  answers({})
  rows.value = ['甲', '乙']
  isShown.value = true
  const page = await showPage(Page)
  at('甲')?.focus()
  at('else')?.focus()
  rows.value = []
  await settle()
  expect(document.activeElement).toBe(at('else'))
  page.unmount()
})
