import { beforeEach, expect, test } from 'vitest'
import { deviceDb, unsent } from '@/shared/outbox/db'
import { answers, settle, showPage, wang } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import NewOrgUnitForm from './NewOrgUnitForm.vue'

beforeEach(async () => {
  await (await deviceDb()).clear('drafts')
})

const county = { id: 'org_2', level: 'county', name: '通渭县', place: ['甘肃省', '通渭县'] }
const open = async (parent: typeof county | undefined = county) => {
  const page = await showPage(NewOrgUnitForm, { props: { parent } })
  await settle()
  const name = () => page.get('input').element.value
  return { page, name }
}

async function begin() {
  const { page } = await open()
  await page.get('input').setValue('常河中心校')
  page.unmount()
  await expect.poll(() => unsent(wang.person.id)).toBe(1)
}

test('a unit that was begun is there again, below this unit alone, until it is saved', async () => {
  answers({ 'POST /api/v1/org-units': { id: 'org_9' } })
  await begin()
  expect((await open({ ...county, id: 'org_3' })).name()).toBe('')
  const { page, name } = await open()
  await expect.poll(name).toBe('常河中心校')
  await page.get('form').trigger('submit')
  await expect.poll(() => page.emitted('saved')).toHaveLength(1)
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})

test('what is called off is asked about, and does not come back', async () => {
  answers({})
  await begin()
  const { page, name } = await open()
  await expect.poll(name).toBe('常河中心校')
  await page
    .findAll('button')
    .find((one) => one.text() === '取消')
    ?.trigger('click')
  asked.value?.answer(true)
  await expect.poll(() => page.emitted('cancel')).toHaveLength(1)
  await expect.poll(() => unsent(wang.person.id)).toBe(0)
})
