import { mount, type DOMWrapper } from '@vue/test-utils'
import { expect, test, vi } from 'vitest'
import { h, ref, shallowRef } from 'vue'
import { Problem } from '@/shared/api/problem'
import { settle, showPage } from '@/shared/testing/page'
import BaseButton from './BaseButton.vue'
import BaseDialog from './BaseDialog.vue'
import BaseInput from './BaseInput.vue'
import BaseRadioGroup from './BaseRadioGroup.vue'
import BaseTabs from './BaseTabs.vue'
import BaseTextarea from './BaseTextarea.vue'
import ConfirmHost from './ConfirmHost.vue'
import PageHeader from './PageHeader.vue'
import ProblemNotice from './ProblemNotice.vue'
import QueryView from './QueryView.vue'
import { useConfirm } from './useConfirm'

test('an input is named by its label and described by its hint and its problem', () => {
  const field = mount(BaseInput, { props: { label: '姓名', hint: '和身份证一致', problem: '请填写' } })
  const input = field.get('input')
  expect(field.get('label').attributes('for')).toBe(input.attributes('id'))
  const describedBy = input.attributes('aria-describedby')?.split(' ') ?? []
  expect(describedBy.map((id) => field.get(`[id="${id}"]`).text())).toEqual(['和身份证一致', '请填写'])
  expect(input.attributes('aria-invalid')).toBe('true')
})

test('a long text is counted in characters, as the server counts', () => {
  const field = mount(BaseTextarea, { props: { label: '反思', limit: 3, modelValue: '好👍🏽' } })
  expect(field.get('.count').text()).toBe('3 / 3')
})

test('a busy button keeps the focus and does nothing', async () => {
  const click = vi.fn()
  const button = mount(BaseButton, { props: { busy: true, onClick: click } })
  await button.trigger('click')
  expect(click).not.toHaveBeenCalled()
  expect(button.attributes('disabled')).toBeUndefined()
  expect(button.attributes('aria-busy')).toBe('true')
})

test('a choice of numbers stays a number', async () => {
  const group = mount(BaseRadioGroup<number>, {
    props: {
      label: '分',
      choices: [
        { value: 1, label: '一' },
        { value: 2, label: '二' },
      ],
    },
  })
  await group.findAll('input')[1]?.setValue(true)
  expect(group.emitted('update:modelValue')).toEqual([[2]])
})

test('arrow keys move between tabs, and only the chosen one is a stop', async () => {
  const tabs = mount(BaseTabs<'a' | 'b'>, {
    attachTo: document.body,
    props: {
      label: '看',
      modelValue: 'a' as const,
      'onUpdate:modelValue': (modelValue: 'a' | 'b') => tabs.setProps({ modelValue }),
      choices: [
        { value: 'a' as const, label: '甲' },
        { value: 'b' as const, label: '乙' },
      ],
    },
    slots: { a: () => 'A', b: () => 'B' },
  })
  await tabs.get('[role=tablist]').trigger('keydown', { key: 'ArrowRight' })
  await settle()
  expect(tabs.get('[role=tabpanel]').text()).toBe('B')
  expect(tabs.findAll('[role=tab]').map((tab) => tab.attributes('tabindex'))).toEqual(['-1', '0'])
  expect(document.activeElement?.textContent).toBe('乙')
})

test('a dialog opens as a modal with a name, and closing it tells its owner', async () => {
  const dialog = mount(BaseDialog, {
    attachTo: document.body,
    props: { title: '发布本周', open: true },
    slots: { default: () => h('p', '内容') },
  })
  await settle()
  const element = dialog.get('dialog')
  expect(element.element.open).toBe(true)
  expect(dialog.get(`[id="${element.attributes('aria-labelledby')}"]`).text()).toBe('发布本周')
  await dialog.get('button').trigger('click')
  expect(dialog.emitted('update:open')).toEqual([[false]])
})

test.each([
  { what: 'is taken away open', gone: false, next: '撤销' },
  { what: 'is closed when the button that opened it has gone', gone: true, next: '下载' },
])('a dialog that $what leaves the focus near where it was', async ({ gone, next }) => {
  const isAsking = ref(false)
  const isOffered = ref(true)
  const page = mount(
    () =>
      h('main', { id: 'main', tabindex: -1 }, [
        h('button', '别处'),
        h('p', [h('button', '下载'), isOffered.value && h('button', { id: 'end' }, '撤销')]),
        isAsking.value && h(BaseDialog, { title: '撤销', open: true }),
      ]),
    { attachTo: document.body },
  )
  // The browser hands it back to what had it, while that is there.
  const close = vi.spyOn(HTMLDialogElement.prototype, 'close').mockImplementation(function (
    this: HTMLDialogElement,
  ) {
    this.open = false
    document.getElementById('end')?.focus()
  })
  document.getElementById('end')?.focus()
  isAsking.value = true
  await settle()
  document.querySelector<HTMLElement>('h2')?.focus()
  isOffered.value = !gone
  await settle()
  isAsking.value = false
  await settle()
  expect(document.activeElement?.textContent).toBe(next)
  page.unmount()
  close.mockRestore()
})

type Part = Pick<DOMWrapper<Element>, 'get' | 'trigger'>

/** A dialog with one input and one search field, and the place where it asks. */
async function showForm() {
  const host = mount(ConfirmHost, { attachTo: document.body })
  const dialog = mount(BaseDialog, {
    attachTo: document.body,
    props: { title: '撤销', open: true, 'onUpdate:open': (open: boolean) => dialog.setProps({ open }) },
    slots: { default: () => [h('textarea'), h('input', { type: 'search' })] },
  })
  await settle()
  return { host, dialog, isOpen: () => dialog.props('open') }
}

test('the press that follows the one which opened it does not close a dialog', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(10_000)
  const { dialog, isOpen } = await showForm()
  now.mockReturnValue(10_390)
  await dialog.get('dialog').trigger('mousedown')
  expect(isOpen()).toBe(true)
  now.mockReturnValue(10_401)
  await dialog.get('dialog').trigger('mousedown')
  expect(isOpen()).toBe(false)
  now.mockRestore()
})

test.each([
  { way: 'Escape', go: (dialog: Part) => dialog.trigger('keydown', { key: 'Escape' }) },
  { way: 'the cross', go: (dialog: Part) => dialog.get('header button').trigger('click') },
  { way: 'the way back of a phone', go: (dialog: Part) => dialog.trigger('cancel') },
])('$way asks before it throws away what was typed', async ({ go }) => {
  const { host, dialog, isOpen } = await showForm()
  await dialog.get('textarea').setValue('姓名写错了')
  await go(dialog.get('dialog'))
  await settle()
  expect(isOpen()).toBe(true)
  expect(host.text()).toContain('刚填写的内容会丢失')
  await host.findAll('footer button')[0]?.trigger('click')
  await settle()
  expect(isOpen()).toBe(true)
  await go(dialog.get('dialog'))
  await settle()
  await host.findAll('footer button')[1]?.trigger('click')
  await settle()
  expect(isOpen()).toBe(false)
})

test('what is emptied again, and what was only searched for, is not asked about', async () => {
  const { dialog, isOpen } = await showForm()
  await dialog.get('textarea').setValue('姓名写错了')
  await dialog.get('textarea').setValue(' ')
  await dialog.get('input').setValue('贵阳')
  await dialog.get('dialog').trigger('keydown', { key: 'Escape' })
  expect(isOpen()).toBe(false)
})

test('Escape that ends the composing of a word stays with the word', async () => {
  const { dialog, isOpen } = await showForm()
  await dialog.get('dialog').trigger('keydown', { key: 'Escape', isComposing: true })
  expect(isOpen()).toBe(true)
})

test('asking for a confirmation answers yes or no', async () => {
  const host = mount(ConfirmHost, { attachTo: document.body })
  const confirm = useConfirm()
  const first = confirm({ title: '撤销证书？', action: '撤销', danger: true })
  await settle()
  await host.findAll('footer button')[1]?.trigger('click')
  expect(await first).toBe(true)
  const second = confirm({ title: '撤销证书？', action: '撤销' })
  await settle()
  await host.findAll('footer button')[0]?.trigger('click')
  expect(await second).toBe(false)
})

test('a problem is told in the server’s words with its number; ours in our own', () => {
  const server = mount(ProblemNotice, {
    props: {
      problem: new Problem({ code: 'gate.full', title: '名额已满', detail: '可以候补', request_id: 'r-1' }),
    },
  })
  expect(server.text()).toContain('名额已满')
  expect(server.text()).toContain('r-1')
  expect(server.find('button').exists()).toBe(false)
  const onRetry = vi.fn()
  const network = mount(ProblemNotice, { props: { problem: Problem.network(), onRetry } })
  expect(network.text()).toContain('连不上服务器')
  void network.get('button').trigger('click')
  expect(onRetry).toHaveBeenCalled()
})

test.each([
  { language: 'en', link: 'Go to the class charter' },
  { language: 'zh-CN', link: '去看班级契约' },
] as const)('what waits for a signature leads to the charter: $language', async ({ language, link }) => {
  const problem = (code: string, extra?: { class_id: string | null }) =>
    new Problem({ status: 409, code, extra })
  const props = { problem: problem('course_library.charter_unsigned', { class_id: 'cls_1' }) }
  const notice = await showPage(ProblemNotice, { language, props })
  const way = notice.get('a')
  expect([way.text(), way.attributes('href')]).toEqual([link, '/learn/classes/cls_1'])
  await notice.setProps({ problem: problem('course_library.charter_unsigned', { class_id: null }) })
  await settle()
  expect(notice.find('a').exists()).toBe(false)
  await notice.setProps({ problem: problem('task_board.charter_unsigned', { class_id: 'cls_2' }) })
  await settle()
  expect(notice.get('a').attributes('href')).toBe('/learn/classes/cls_2')
  await notice.setProps({ problem: problem('task_board.week_closed') })
  await settle()
  expect(notice.find('a').exists()).toBe(false)
})

test('a problem names the fields by their labels and leads there; what has no field is counted', async () => {
  const errors = [
    { pointer: '/purpose', code: 'required', detail: '请填写这一项。' },
    { pointer: '/target_group', code: 'required', detail: '请填写这一项。' },
    { pointer: '/lines/2/fen', code: 'too_small', detail: '不能小于 1。' },
    // What the page shows nowhere is said once.
    { pointer: '/hidden', code: 'required', detail: '缺少内容。' },
    { pointer: '/other', code: 'required', detail: '缺少内容。' },
  ]
  const form = mount(
    () =>
      h('form', [
        h(ProblemNotice, {
          problem: new Problem({ code: 'input.invalid', title: '有几项需要修改', errors }),
        }),
        h(BaseTextarea, { label: '培训目的', optional: true, problem: '请填写这一项。' }),
        h(BaseRadioGroup, {
          label: '培训对象',
          choices: [{ value: 'a', label: '甲' }],
          problem: '请填写这一项。',
        }),
      ]),
    { attachTo: document.body },
  )
  // How fields are found arrives later than the page.
  await expect
    .poll(() => form.findAll('li').map((line) => line.text()))
    .toEqual([
      '培训目的：请填写这一项。',
      '培训对象：请填写这一项。',
      '第 3 条：不能小于 1。',
      '缺少内容。（2 处）',
    ])
  await form.findAll('li button')[1]?.trigger('click')
  expect(document.activeElement).toBe(form.get('input').element)
})

test.each([
  { where: 'above the screen', top: -293, calls: 1 },
  { where: 'below it', top: 900, calls: 1 },
  { where: 'on it', top: 100, calls: 0 },
])('what an action came to, $where, is brought before the eyes', async ({ top, calls }) => {
  const scroll = vi.spyOn(HTMLElement.prototype, 'scrollIntoView').mockImplementation(() => undefined)
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue({
    top,
    bottom: top + 60,
  } as DOMRect)
  mount(ProblemNotice, {
    attachTo: document.body,
    props: { problem: new Problem({ code: 'plan.incomplete', title: '方案还不完整' }) },
  })
  await settle()
  expect(scroll).toHaveBeenCalledTimes(calls)
  vi.restoreAllMocks()
})

test('a list goes through its states: loading, failure, empty, content, and kept content without a network', async () => {
  const query = {
    data: shallowRef<{ items: string[] }>(),
    error: shallowRef<Error | null>(null),
    isFetching: ref(false),
    dataUpdatedAt: ref(Date.now()),
    refetch: vi.fn(),
  }
  const view = mount(QueryView<{ items: string[] }>, {
    props: { query, emptyTitle: '还没有话题' },
    slots: { default: ({ data }: { data: { items: string[] } }) => data.items.join('、') },
  })
  expect(view.find('[role=status]').text()).toContain('正在加载')
  query.error.value = Problem.network()
  await settle()
  await view.get('[role=alert] button').trigger('click')
  expect(query.refetch).toHaveBeenCalled()
  query.error.value = null
  query.data.value = { items: [] }
  await settle()
  expect(view.text()).toContain('还没有话题')
  query.data.value = { items: ['备课', '观课'] }
  await settle()
  expect(view.text()).toBe('备课、观课')
  query.error.value = Problem.network()
  await settle()
  expect(view.text()).toContain('本机保存的内容')
  expect(view.text()).toContain('备课、观课')
})

test.each([401, 403, 404])('a refusal (%i) stands instead of what was read before', async (status) => {
  const query = {
    data: shallowRef<{ items: string[] }>({ items: ['一班'] }),
    error: shallowRef<Error | null>(new Problem({ status, code: 'refused', title: '不能看这个班级' })),
    isFetching: ref(false),
    dataUpdatedAt: ref(Date.now()),
    refetch: vi.fn(),
  }
  const view = mount(QueryView<{ items: string[] }>, {
    props: { query },
    slots: { default: ({ data }: { data: { items: string[] } }) => data.items.join('、') },
  })
  expect(view.text()).toContain('不能看这个班级')
  expect(view.text()).not.toContain('一班')
  query.error.value = new Problem({ status: 503, code: 'busy' })
  await settle()
  expect(view.text()).toContain('一班')
})

test('the document is named by the heading, and by the side of it that is open', async () => {
  await showPage(PageHeader, { props: { title: '混龄教学 2026' } })
  expect(document.title).toBe('混龄教学 2026 · 领学')
  await showPage(PageHeader, { props: { title: '混龄教学 2026', side: '师资' } })
  expect(document.title).toBe('师资 · 混龄教学 2026 · 领学')
})
