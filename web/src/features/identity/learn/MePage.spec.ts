import { expect, test } from 'vitest'
import { locale } from '@/shared/i18n'
import { list, put } from '@/shared/outbox/outbox'
import { writing } from '@/shared/outbox/writing'
import { useSession } from '@/shared/session/session'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import MePage from './MePage.vue'

test('reading preferences apply to the page at once and are remembered', async () => {
  const page = await showPage(MePage)
  await page.get('input[value=larger]').setValue(true)
  expect(document.documentElement.dataset.typeSize).toBe('larger')
  expect(localStorage.getItem('lingxue.preferences')).toContain('"typeSize":"larger"')
  await page.get('input[value=en]').setValue(true)
  await settle()
  await expect.poll(() => locale.value).toBe('en')
  await settle()
  expect(page.text()).toContain('Data saver')
})

test('signing out warns of what was not sent yet, and goes on only with a yes', async () => {
  answers({ 'POST /api/v1/sign-out': reply(204) })
  const page = await showPage(MePage)
  const call = writing('POST', '/api/v1/tasks/{task_id}/start', { task_id: 'tsk_1' })
  await put(wang.person.id, { ...call, thread: 'a', label: '反思' })
  const button = page.findAll('button').find((candidate) => candidate.text().includes('在本机退出登录'))
  await button?.trigger('click')
  await expect.poll(() => asked.value?.title).toContain('1 项内容没有发送')
  expect(asked.value?.points).toEqual(['1 项您下次在这台设备上登录后自动发送：反思'])
  asked.value?.answer(true)
  await expect.poll(() => useSession().phase).toBe('out')
  expect(await list(wang.person.id)).toHaveLength(1)
})

test('a person with several workspaces can change to another', async () => {
  const page = await showPage(MePage, { me: { ...wang, places: ['learn', 'office'] } })
  expect(page.text()).toContain('切换工作区')
  expect(page.find('a[href="/office"]').exists()).toBe(true)
})
