import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import { toasts } from '@/shared/ui/useToast'
import TrainingLeads from './TrainingLeads.vue'

const lead = {
  id: 'tld_1',
  person: { id: 'per_1', name: '宋玉梅' },
  org_unit_name: '通渭县',
  named_by_name: '宋玉梅',
  named_at: '2026-11-02T00:00:00Z',
  ended_at: null,
  ended_by_name: null,
  end_reason: null,
}
const gone = {
  ...lead,
  id: 'tld_0',
  person: { id: 'per_0', name: '前负责人' },
  ended_at: '2026-11-03T00:00:00Z',
  ended_by_name: '韩正清',
  end_reason: '调到县教研室',
}
const next = { id: 'per_2', name: '苗副主任', org_unit: null, subject: null, professional_title: null }

function only<E extends Element>(within: ParentNode, selector: string): E {
  const found = within.querySelector<E>(selector)
  if (!found) throw new Error(`no ${selector}`)
  return found
}
const button = (words: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === words)

async function show(mayName: boolean, more: Record<string, unknown> = {}) {
  const made = answers({
    'GET /api/v1/trainings/trn_1/leads': { items: [gone, lead] },
    'GET /api/v1/people': { items: [next] },
    ...more,
  })
  const page = await showPage(TrainingLeads, { props: { trainingId: 'trn_1', mayName } })
  await settle()
  return { made, page }
}

async function choose(form: ParentNode) {
  const search = only<HTMLInputElement>(form, 'input[type="search"]')
  search.value = '苗'
  search.dispatchEvent(new Event('input'))
  await expect.poll(() => document.querySelector('input[value="per_2"]')).not.toBeNull()
  only<HTMLInputElement>(document, 'input[value="per_2"]').click()
  await settle()
}

test('who only leads reads who leads and who left, and why', async () => {
  const { page } = await show(false)
  expect(page.text()).toContain('宋玉梅')
  expect(page.text()).toContain('调到县教研室')
  expect(page.findAll('button')).toHaveLength(0)
  page.unmount()
})

test('who leads now comes before those who led, and is marked when they cannot sign in', async () => {
  const { page } = await show(true, {
    'GET /api/v1/trainings/trn_1/leads': {
      items: [
        { ...gone, disabled_at: '2026-11-05T00:00:00Z' },
        { ...lead, disabled_at: '2026-11-04T00:00:00Z' },
      ],
    },
  })
  const rows = page.findAll('li').map((row) => row.text())
  expect(rows[0]).toContain('宋玉梅')
  expect(rows[0]).toContain('已停用')
  expect(rows[1]).toContain('前负责人')
  expect(rows[1]).not.toContain('已停用')
  page.unmount()
})

test('who has not the role to lead is said, and where it is given', async () => {
  const refused = reply(422, { code: 'lead.not_of_this_unit', title: '还没有角色', errors: [] })
  const { page } = await show(true, { 'POST /api/v1/trainings/trn_1/leads': refused })
  await page
    .findAll('button')
    .find((one) => one.text() === '任命负责人')
    ?.trigger('click')
  await settle()
  const form = only(document, 'form')
  await choose(form)
  form.dispatchEvent(new Event('submit'))
  await settle()
  expect(only<HTMLAnchorElement>(form, 'a[href$="/office/grants"]').textContent).toContain('角色任命')
  page.unmount()
})

test('the office ends a part with a reason, and names who leads next in the same act', async () => {
  let answer: unknown = reply(409, { code: 'lead.last', title: '培训不能没有负责人' })
  const end = 'POST /api/v1/training-leads/tld_1/end'
  const { made, page } = await show(true, { [end]: () => answer })
  await page
    .findAll('button')
    .find((one) => one.text() === '结束负责')
    ?.trigger('click')
  await settle()
  const form = only(document, 'form')
  const reason = only<HTMLTextAreaElement>(form, 'textarea')
  reason.value = '工作调动'
  reason.dispatchEvent(new Event('input'))
  form.dispatchEvent(new Event('submit'))
  await settle()
  expect(form.textContent).toContain('培训不能没有负责人')
  answer = { ...lead, ended_at: '2026-11-04T00:00:00Z' }
  await choose(form)
  form.dispatchEvent(new Event('submit'))
  await settle()
  const bodies = made.filter(({ method }) => method === 'POST').map(({ body }) => body)
  expect(bodies).toEqual([{ reason: '工作调动' }, { reason: '工作调动', next_person_id: 'per_2' }])
  page.unmount()
})

test('the office names another lead by name', async () => {
  const { made, page } = await show(true, { 'POST /api/v1/trainings/trn_1/leads': { ...lead, id: 'tld_2' } })
  await page
    .findAll('button')
    .find((one) => one.text() === '任命负责人')
    ?.trigger('click')
  await settle()
  const form = only(document, 'form')
  await choose(form)
  expect(button('任命苗副主任为负责人')).toBeDefined()
  form.dispatchEvent(new Event('submit'))
  await settle()
  expect(made.find(({ method }) => method === 'POST')?.body).toEqual({ person_id: 'per_2' })
  page.unmount()
})

test('with another successor the end is another action, and with the same one it is asked again as it was', async () => {
  const other = { ...next, id: 'per_3', name: '牛老师' }
  const { made, page } = await show(true, { 'GET /api/v1/people': { items: [next, other] } })
  await page
    .findAll('button')
    .find((one) => one.text() === '结束负责')
    ?.trigger('click')
  await settle()
  const form = only(document, 'form')
  const reason = only<HTMLTextAreaElement>(form, 'textarea')
  reason.value = '工作调动'
  reason.dispatchEvent(new Event('input'))
  await choose(form)
  const send = async () => {
    form.dispatchEvent(new Event('submit'))
    const sent = made.filter(({ method }) => method === 'POST').length
    await expect.poll(() => made.filter(({ method }) => method === 'POST')).toHaveLength(sent + 1)
    await settle()
  }
  await send()
  await send()
  only<HTMLInputElement>(document, 'input[value="per_3"]').click()
  await settle()
  await send()
  const posts = made.filter(({ method }) => method === 'POST')
  expect(posts.map(({ body }) => (body as { next_person_id: string }).next_person_id)).toEqual([
    'per_2',
    'per_2',
    'per_3',
  ])
  const keys = posts.map(({ headers }) => headers.get('Idempotency-Key'))
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[1])
  page.unmount()
})

async function endDialog(page: Awaited<ReturnType<typeof show>>['page']) {
  await page
    .findAll('button')
    .find((one) => one.text() === '结束负责')
    ?.trigger('click')
  await settle()
  return only<HTMLFormElement>(document, 'form')
}

function type(form: ParentNode, selector: string, words: string) {
  const field = only<HTMLInputElement>(form, selector)
  field.value = words
  field.dispatchEvent(new Event('input'))
}

test('Enter in the search for a successor searches, and a name that nobody was picked for ends nothing', async () => {
  const { made, page } = await show(true)
  const form = await endDialog(page)
  type(form, 'textarea', '工作调动')
  type(form, 'input[type="search"]', '苗')
  const enter = () => new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
  const first = enter()
  only(form, 'input[type="search"]').dispatchEvent(first)
  expect(first.defaultPrevented).toBe(true)
  await expect.poll(() => form.querySelector('input[value="per_2"]')).not.toBeNull()
  const second = enter()
  only(form, 'input[value="per_2"]').dispatchEvent(second)
  expect(second.defaultPrevented).toBe(true)
  form.dispatchEvent(new Event('submit'))
  await settle()
  expect(form.textContent).toContain('请在查到的人中选定一位')
  expect(made.some(({ method }) => method === 'POST')).toBe(false)
  page.unmount()
})

test('a successor who was picked is kept with the reason', async () => {
  const end = 'POST /api/v1/training-leads/tld_1/end'
  const { made, page } = await show(true, { [end]: { ...lead, ended_at: '2026-11-04T00:00:00Z' } })
  const form = await endDialog(page)
  type(form, 'textarea', '回原单位')
  await choose(form)
  page.unmount()
  await settle()
  const again = await show(true, { [end]: { ...lead, ended_at: '2026-11-04T00:00:00Z' } })
  const kept = await endDialog(again.page)
  await expect.poll(() => kept.querySelector<HTMLInputElement>('input[value="per_2"]')?.checked).toBe(true)
  kept.dispatchEvent(new Event('submit'))
  await settle()
  expect(made.some(({ method }) => method === 'POST')).toBe(false)
  expect(again.made.find(({ method }) => method === 'POST')?.body).toEqual({
    reason: '回原单位',
    next_person_id: 'per_2',
  })
  again.page.unmount()
})

test('a part that somebody else has just ended is shown as ended, and the question about it closes with a word', async () => {
  toasts.value = []
  let now: unknown = lead
  const { page } = await show(true, {
    'GET /api/v1/trainings/trn_1/leads': () => ({ items: [now] }),
    'POST /api/v1/training-leads/tld_1/end': () => {
      now = { ...lead, ended_at: '2026-11-04T00:00:00Z', ended_by_name: '韩正清', end_reason: '调走' }
      return reply(409, { code: 'lead.ended', title: '已经结束' })
    },
  })
  const form = await endDialog(page)
  type(form, 'textarea', '工作调动')
  form.dispatchEvent(new Event('submit'))
  await expect.poll(() => page.find('dialog form').exists()).toBe(false)
  await settle()
  expect(page.text()).toContain('韩正清')
  expect(toasts.value.map(({ text }) => text)).toEqual(['已经结束'])
  page.unmount()
})

test('whoever names a lead whom a colleague has just named reads so, and sees them in the list', async () => {
  let items: unknown[] = [lead]
  const named = { ...lead, id: 'tld_2', person: { id: 'per_2', name: '苗副主任' } }
  const { page } = await show(true, {
    'GET /api/v1/trainings/trn_1/leads': () => ({ items }),
    'POST /api/v1/trainings/trn_1/leads': () => {
      items = [lead, named]
      return reply(409, { code: 'lead.leads_already', title: '已经是负责人' })
    },
  })
  await page
    .findAll('button')
    .find((one) => one.text() === '任命负责人')
    ?.trigger('click')
  await settle()
  const form = only(document, 'form')
  await choose(form)
  form.dispatchEvent(new Event('submit'))
  await settle()
  expect(form.textContent).toContain('已经是负责人')
  expect(page.findAll('.list li').map((row) => row.text().slice(0, 4))).toContain('苗副主任')
  page.unmount()
})
