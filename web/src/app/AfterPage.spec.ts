import { expect, test } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import DraftRestored from '@/shared/drafts/DraftRestored.vue'
import { settle, showPage } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import AfterPage from './AfterPage.vue'

test('on every page, a press that takes its own button away leaves the focus near it', async () => {
  const isRestored = ref(true)
  const page = await showPage(
    defineComponent(() => () => [
      h('h1', '提问'),
      h('section', [
        h('h2', '写下问题'),
        isRestored.value &&
          h(DraftRestored, { label: '写下问题', onDrop: () => void (isRestored.value = false) }),
      ]),
      h(AfterPage),
    ]),
  )
  const button = page.get('section button')
  ;(button.element as HTMLElement).focus()
  await button.trigger('click')
  asked.value?.answer(true)
  await settle()
  expect(document.activeElement?.textContent).toBe('写下问题')
  page.unmount()
})
