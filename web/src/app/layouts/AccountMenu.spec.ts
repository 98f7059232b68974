import { expect, test } from 'vitest'
import { isListOpen } from '@/shared/outbox/shown'
import { answers, settle, showPage } from '@/shared/testing/page'
import '@/shared/ui/KeptButton.vue'
import AccountMenu from './AccountMenu.vue'

test.each([
  ['zh-CN', '还没有发送的内容'],
  ['en', 'Not sent yet'],
] as const)('in %s the menu leads to what this device keeps', async (language, name) => {
  answers({})
  isListOpen.value = false
  const page = await showPage(AccountMenu, { language })
  await settle()
  const entry = page.findAll('button').find((button) => button.text() === name)
  await entry?.trigger('click')
  expect(isListOpen.value).toBe(true)
})
