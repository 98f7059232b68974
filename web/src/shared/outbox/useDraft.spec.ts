import { expect, test } from 'vitest'
import { defineComponent, h, ref, type Ref } from 'vue'
import { showPage } from '@/shared/testing/page'
import { useDraft } from './useDraft'

async function open() {
  let text!: Ref<string>
  let draft!: ReturnType<typeof useDraft>
  const wrapper = await showPage(
    defineComponent(() => {
      text = ref('')
      draft = useDraft('reflection:tsk_1', text)
      return () => h('p', text.value)
    }),
  )
  await draft.ready
  return { wrapper, text, draft }
}

test('typing survives leaving the page, until it was handed in', async () => {
  const first = await open()
  first.text.value = '今天我试了复式教学'
  await first.wrapper.vm.$nextTick()
  await first.draft.save()
  first.wrapper.unmount()

  const second = await open()
  expect(second.text.value).toBe('今天我试了复式教学')
  expect(second.draft.restored.value).toBe(true)
  await second.draft.clear()
  second.wrapper.unmount()

  const third = await open()
  expect(third.text.value).toBe('')
})
