import { expect, test } from 'vitest'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import ListPage from './ListPage.vue'

const list = {
  id: 'lst_1',
  training_id: 'trn_1',
  week: 2,
  goal: '认清每一个孩子',
  goal_en: '',
  state: 'ready',
  version: 3,
  classes: 0,
  tasks: [],
}
const as = (role: string) => ({
  ...wang,
  places: ['teach'],
  grants: [{ id: 'gra_1', role, scope_kind: 'training', scope_id: 'trn_1', scope_name: '复式教学' }],
})

async function open(role: string, rest: Partial<typeof list>, language: 'zh-CN' | 'en' = 'zh-CN') {
  answers({
    'GET /api/v1/task-lists/lst_1': { ...list, ...rest },
    'GET /api/v1/my/classes': { items: [] },
    'GET /api/v1/my/trainings': { items: [] },
  })
  const me = as(role) as typeof wang
  return showPage(ListPage, { props: { listId: 'lst_1' }, me, language })
}

test('who may correct a published list reads that they can, an assistant what they can do', async () => {
  expect((await open('expert', { classes: 1 })).text()).toContain('可以更正、补充或撤回任务')
  const read = await open('assistant', { classes: 1 })
  expect(read.text()).not.toContain('可以更正、补充或撤回任务')
  expect(read.text()).toContain('更正由专家来做')
  expect((await open('assistant', { classes: 1 }, 'en')).text()).toContain('Experts correct it')
})

test.each([
  { role: 'assistant', state: 'draft', says: '标为就绪以后' },
  { role: 'assistant', state: 'ready', says: '任务单已就绪' },
  { role: 'expert', state: 'draft', says: '标为就绪' },
])('before anybody has it, $role with a $state list', async ({ role, state, says }) => {
  const page = await open(role, { state })
  expect(page.text()).toContain(says)
  expect(page.text()).not.toContain('已发布')
})

const task = (id: string, title: string) => ({
  id,
  title,
  title_en: '',
  kind: 'read',
  minutes: 10,
  required: true,
  steps: [],
  steps_en: [],
  prompts: [],
  prompts_en: [],
  body_html: '',
  body_en_html: '',
})

test('the reason given for one task is not there when another is withdrawn', async () => {
  const tasks = [task('tsk_1', '读：三本账'), task('tsk_2', '看：一天')]
  const page = await open('expert', { classes: 1, tasks: tasks as never[] })
  const withdraw = async (title: string) => {
    await page.get(`button[aria-label="撤回 ${title}"]`).trigger('click')
    await settle()
    return page.get('dialog form')
  }
  await (await withdraw('读：三本账')).get('input').setValue('与上周的任务重复')
  await page.get('dialog header button').trigger('click')
  const { asked } = await import('@/shared/ui/useConfirm')
  asked.value?.answer(true)
  await settle()
  expect((await withdraw('看：一天')).get('input').element.value).toBe('')
})
