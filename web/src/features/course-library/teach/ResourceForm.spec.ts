import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import ResourceForm from './ResourceForm.vue'

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

afterEach(() => vi.unstubAllGlobals())

const POST = 'POST /api/v1/trainings/trn_1/resources'
const open = async (trainingId = 'trn_1') => {
  const page = await showPage(ResourceForm, { props: { trainingId } })
  await settle()
  const values = () => page.findAll<HTMLInputElement>('input').map(({ element }) => element.value)
  return { page, values }
}

test('what was typed of a resource outlives a killed tab, for this training alone, until it is sent', async () => {
  const made = answers({ [POST]: { id: 'res_1' } })
  const first = await open()
  const typed = ['https://example.org/plan', '复式教案', '通渭县教研室', 'CC BY 4.0']
  for (const [at, text] of typed.entries()) await first.page.findAll('input')[at]?.setValue(text)
  first.page.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
  expect((await open('trn_2')).values()).toEqual(['', '', '', ''])
  const again = await open()
  await expect.poll(again.values).toEqual(typed)
  await again.page.get('form').trigger('submit')
  await expect.poll(() => again.page.emitted('done')).toHaveLength(1)
  expect(made.find(({ method }) => method === 'POST')?.body).toMatchObject({ title: '复式教案' })
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})

test('a file that did not arrive takes no words with it', async () => {
  answers({})
  // Whatever is sent is lost on its way.
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload = {}
      onerror: () => void = () => undefined
      onloadend: () => void = () => undefined
      open() {}
      setRequestHeader() {}
      abort() {}
      send() {
        queueMicrotask(() => {
          this.onerror()
          this.onloadend()
        })
      }
    },
  )
  const { page } = await open()
  await page.findAll('input')[1]?.setValue('复式教案')
  page.getComponent({ name: 'BaseSelect' }).vm.$emit('update:modelValue', 'file')
  await settle()
  page.getComponent({ name: 'BaseFile' }).vm.$emit('update:modelValue', new File(['x'], 'x.docx'))
  await page.get('form').trigger('submit')
  await expect.poll(() => page.find('[role=alert]').exists()).toBe(true)
  expect(page.emitted('done')).toBeUndefined()
  expect(await unsent(wang.person.id)).toBe(1)
})

test('what came back is given up after a question', async () => {
  answers({})
  const first = await open()
  await first.page.findAll('input')[1]?.setValue('复式教案')
  first.page.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
  const { page, values } = await open()
  await expect.poll(() => values()[1]).toBe('复式教案')
  await page
    .findAll('button')
    .find((one) => one.text() === '删除')
    ?.trigger('click')
  asked.value?.answer(true)
  await expect.poll(() => values()[1]).toBe('')
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})
