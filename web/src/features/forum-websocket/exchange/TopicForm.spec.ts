import { expect, test, vi } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import { toasts } from '@/shared/ui/useToast'
import TopicForm from './TopicForm.vue'

test('what was missing is said of a field no more once it is there', async () => {
  answers({})
  const props = { classId: 'cls_1', kind: 'discussion', place: 'learn' } as const
  const form = await showPage(TopicForm, { props })
  await form.get('form').trigger('submit')
  await settle()
  expect(form.findAll('.problem[role=alert]')).toHaveLength(2)
  await form.get('input').setValue('大家怎么分组？')
  await settle()
  const left = form.findAll('.problem[role=alert]')
  expect(left).toHaveLength(1)
  expect(form.get('textarea').attributes('aria-invalid')).toBe('true')
})

test.each([
  [true, '已提交，正在发布'],
  [false, '已存在本机，联网后自动发布'],
])(
  'a question is said to be kept here only where there is no network (online: %s)',
  async (isOnline, words) => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline)
    answers({})
    const props = { classId: 'cls_1', kind: 'question', place: 'learn' } as const
    const form = await showPage(TopicForm, { props })
    await form.get('input').setValue('视频打不开')
    await form.get('textarea').setValue('点了没有反应')
    await form.get('form').trigger('submit')
    await expect.poll(() => toasts.value.at(-1)?.text).toBe(words)
    await expect.poll(() => form.emitted('done')).toHaveLength(1)
    form.unmount()
    vi.restoreAllMocks()
  },
)
