import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import CharterEditor from './CharterEditor.vue'

const charter = {
  class_id: 'cls_1',
  version: 1,
  vision: '互相帮助',
  clauses: ['按时完成任务', '每周发言'],
  settled_at: '2026-11-02T01:00:00Z',
  proposals: [
    {
      id: 'chc_1',
      body: '有问题随时问',
      person_id: 'per_3',
      name: '何秀兰',
      proposed_at: '2026-11-02T02:00:00Z',
    },
  ],
  signatures: [{ person_id: 'per_3', name: '何秀兰', signed_at: '2026-11-02T03:00:00Z' }],
  may_settle: true,
  may_sign: true,
}

function button(page: Awaited<ReturnType<typeof showPage>>, name: string) {
  const found = page
    .findAll('button')
    .find((each) => each.text() === name || each.attributes('aria-label') === name)
  if (!found) throw new Error(`no button ${name}`)
  return found
}

test('a proposal goes into the text, and signatures are asked about before a new version', async () => {
  const made = answers({ 'PUT /api/v1/classes/cls_1/charter': { ...charter, version: 2 } })
  const page = await showPage(CharterEditor, { props: { classId: 'cls_1', charter } })
  await button(page, '采纳').trigger('click')
  expect(page.text()).toContain('已加入，定稿后生效')
  await button(page, '第 2 条上移').trigger('click')
  await page.get('form').trigger('submit')
  expect(asked.value?.text).toContain('已有 1 人签署')
  expect(made).toHaveLength(0)
  asked.value?.answer(true)
  await settle()
  const [sent] = made
  expect(sent?.headers.get('If-Match')).toBe('"v1"')
  expect(sent?.body).toEqual({
    vision: '互相帮助',
    clauses: ['每周发言', '按时完成任务', '有问题随时问'],
    taken: ['chc_1'],
  })
})

test('a change by somebody else keeps what was typed and says so', async () => {
  answers({
    'PUT /api/v1/classes/cls_1/charter': reply(412, { code: 'edit.conflict', title: '别人刚刚改过这里。' }),
  })
  const page = await showPage(CharterEditor, {
    props: { classId: 'cls_1', charter: { ...charter, signatures: [] } },
  })
  await button(page, '修改契约').trigger('click')
  await page.get('textarea').setValue('互相提醒')
  await page.get('form').trigger('submit')
  await settle()
  expect(page.get('[role="alert"]').text()).toContain('别人刚刚改过这里')
  expect((page.get('textarea').element as HTMLTextAreaElement).value).toBe('互相提醒')
})

test('a reader who may not settle reads', async () => {
  const page = await showPage(CharterEditor, {
    props: { classId: 'cls_1', charter: { ...charter, may_settle: false, may_sign: false } },
  })
  expect(page.find('form').exists()).toBe(false)
  expect(page.text()).toContain('每周发言')
})
