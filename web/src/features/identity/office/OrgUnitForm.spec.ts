import { beforeEach, expect, test } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import BaseDialog from '@/shared/ui/BaseDialog.vue'
import { asked } from '@/shared/ui/useConfirm'
import OrgUnitForm from './OrgUnitForm.vue'
import PersonForm from './PersonForm.vue'

const unit = { id: 'org_1', name: '柳树坪教学点', code: null, version: 1 }
const person = {
  id: 'per_1',
  name: '何秀兰',
  account_name: 'lx0000001',
  phone_masked: '160****1001',
  org_unit: { id: 'org_1', name: '柳树坪教学点' },
  version: 3,
}

/** The form in its dialog, as the pages show it. */
function inDialog(form: typeof OrgUnitForm | typeof PersonForm, props: object) {
  return defineComponent({
    setup() {
      const open = ref(true)
      const close = () => (open.value = false)
      return () =>
        h(
          BaseDialog,
          { title: '修改', open: open.value, 'onUpdate:open': (now: boolean) => (open.value = now) },
          () => h(form as never, { ...props, onCancel: close, onSaved: close }),
        )
    },
  })
}

async function open(form: typeof OrgUnitForm | typeof PersonForm, props: object) {
  const page = await showPage(inDialog(form, props))
  const press = async (words: string) => {
    await page
      .findAll('button')
      .find((one) => one.text() === words || one.attributes('aria-label') === words)
      ?.trigger('click')
    await settle()
  }
  const name = () => page.get<HTMLInputElement>('form input').element.value
  return { page, press, name, isOpen: () => page.find('form').exists() }
}

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
  asked.value = undefined
  answers({ 'GET /api/v1/org-units': { items: [] } })
})

test('a change that is called off is asked about once, and does not come back', async () => {
  const first = await open(OrgUnitForm, { unit })
  await first.page.get('form input').setValue('柳树坪小学')
  await first.press('取消')
  expect(asked.value?.title).toBe('放弃没有保存的修改？')
  asked.value?.answer(true)
  await settle()
  expect(first.isOpen()).toBe(false)
  first.page.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
  const second = await open(OrgUnitForm, { unit })
  await settle()
  expect(second.name()).toBe('柳树坪教学点')
  await second.press('取消')
  expect(asked.value).toBeUndefined()
  expect(second.isOpen()).toBe(false)
})

test('what is restored can be given up where it stands', async () => {
  const first = await open(OrgUnitForm, { unit })
  await first.page.get('form input').setValue('柳树坪小学')
  first.page.unmount()
  const second = await open(OrgUnitForm, { unit })
  await expect.poll(() => second.name()).toBe('柳树坪小学')
  await expect.poll(() => second.page.text()).toContain('放弃修改')
  await second.press('放弃修改')
  asked.value?.answer(true)
  await expect.poll(() => second.name()).toBe('柳树坪教学点')
  expect(second.page.text()).not.toContain('放弃修改')
})

test('closing what is kept is no loss, and nobody is asked', async () => {
  const { page, press, isOpen } = await open(OrgUnitForm, { unit })
  await page.get('form input').setValue('柳树坪小学')
  await press('关闭')
  expect(asked.value).toBeUndefined()
  expect(isOpen()).toBe(false)
})

test('what a form does not keep is asked about all the same', async () => {
  const { page, press, isOpen } = await open(PersonForm, { person })
  await page.get('input[type=tel]').setValue('16000001009')
  await press('关闭')
  expect(asked.value?.text).toContain('会丢失')
  expect(isOpen()).toBe(true)
})
