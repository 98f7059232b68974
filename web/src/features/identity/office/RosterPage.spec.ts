import { expect, test } from 'vitest'
import { answers, reply, settle, showPage } from '@/shared/testing/page'
import { asked } from '@/shared/ui/useConfirm'
import RosterPage from './RosterPage.vue'
import type { RosterImport, RosterRow } from './queries'

function roster(over: Partial<RosterImport> = {}): RosterImport {
  return {
    id: 'imp_1',
    file_name: '名单.xlsx',
    state: 'checked',
    created_at: '2026-11-02T01:00:00Z',
    applied_at: null,
    links_taken_at: null,
    rows: 3,
    wrong: 1,
    new: 2,
    changed: 0,
    new_units: 1,
    to_confirm: 0,
    hidden: 0,
    hidden_taken: false,
    can_take_hidden: true,
    hidden_columns: [],
    unread_columns: [],
    unread_sheets: [],
    hidden_sheets: [],
    new_provinces: [],
    new_unit_list: [],
    undecided_units: 0,
    matched_units: [],
    new_roles: 0,
    new_role_list: [],
    ...over,
  }
}

const wrong: RosterRow = {
  row: 4,
  outcome: 'wrong',
  hidden: false,
  cells: { name: '李芳', phone: '123', province: '甘肃省', county: '通渭县' },
  errors: [{ column: 'phone', code: 'phone', detail: '手机号应是 11 位数字，以 1 开头。' }],
  changes: [],
}
const changed: RosterRow = {
  row: 2,
  outcome: 'changed',
  hidden: false,
  cells: { name: '何秀岚', phone: '160****1001', province: '甘肃省' },
  errors: [],
  changes: [
    { field: 'name', from: '何秀兰', to: '何秀岚' },
    { field: 'phone', from: null, to: '160****1001' },
    { field: 'gender', from: 'male', to: 'female' },
    { field: 'role', from: 'school_head', to: 'school_head training_lead' },
  ],
}
const standing = { id: 'unit_9', place: '甘肃省 · 甘谷县 · 甘谷县石滩川镇中心小学' }
type NewUnit = RosterImport['new_unit_list'][number]
const county: NewUnit = { place: '甘肃省 · 渭源县', level: 'county', like: [], alike: [], decided: false }
const ROWS = 'GET /api/v1/roster-imports/imp_1/rows'
const APPLY = 'POST /api/v1/roster-imports/imp_1/apply'
const props = { rosterImportId: 'imp_1' }

const button = (page: Awaited<ReturnType<typeof showPage>>, text: string) =>
  page.findAll('button').find((each) => each.text().includes(text))

test('wrong rows come first and only the good ones are offered', async () => {
  const made = answers({
    'GET /api/v1/roster-imports/imp_1': roster(),
    [ROWS]: { items: [wrong] },
    [APPLY]: roster({ state: 'applied', applied_at: '2026-11-02T02:00:00Z' }),
  })
  const page = await showPage(RosterPage, { props })
  expect(made.some((request) => request.path.includes('only_wrong=true'))).toBe(true)
  expect(page.text()).toContain('有 1 行需要修改。现在还没有导入任何人')
  expect(page.text()).toContain('手机号应是 11 位数字')
  expect(page.text()).toContain('甘肃省 · 通渭县')
  expect(button(page, '导入 3 行')).toBeUndefined()

  await button(page, '只导入正确的 2 行')?.trigger('click')
  expect(asked.value?.text).toContain('有错的 1 行会被跳过')
  asked.value?.answer(true)
  await settle()
  const apply = made.find((request) => request.method === 'POST')
  expect(apply?.body).toEqual({ good_rows_only: true, confirm_changes: false })
  expect(apply?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/)
})

test('a clean roster is imported whole', async () => {
  const made = answers({
    'GET /api/v1/roster-imports/imp_1': roster({ wrong: 0, new: 3 }),
    [ROWS]: { items: [] },
    [APPLY]: reply(409, { code: 'roster.has_errors', title: '有 1 行需要修改，没有导入任何人。' }),
  })
  const page = await showPage(RosterPage, { props })
  await button(page, '导入 3 行')?.trigger('click')
  asked.value?.answer(true)
  await settle()
  expect(made.find((request) => request.method === 'POST')?.body).toEqual({
    good_rows_only: false,
    confirm_changes: false,
  })
  expect(page.get('[role=alert]').text()).toContain('没有导入任何人')
})

test('what a roster changes of known people is shown and confirmed in words', async () => {
  const made = answers({
    'GET /api/v1/roster-imports/imp_1': roster({
      wrong: 0,
      new: 2,
      changed: 1,
      to_confirm: 1,
      unread_columns: ['备注', 'J'],
      unread_sheets: ['陇西县'],
      new_provinces: ['甘肃'],
    }),
    [ROWS]: { items: [changed] },
    [APPLY]: roster({ state: 'applied', applied_at: '2026-11-02T02:00:00Z' }),
  })
  const page = await showPage(RosterPage, { props })
  expect(page.text()).toContain('有 1 位已登记人员的姓名、手机号、单位或角色会改变')
  expect(page.text()).toContain('以下列没有读取：备注、J。')
  expect(page.text()).toContain('以下工作表没有读取：陇西县。')
  expect(page.text()).toContain('会新建省级单位：甘肃。')
  expect(page.text()).toContain('何秀兰 → 何秀岚')
  expect(page.text()).toContain('（空） → 160****1001')
  expect(page.text()).toContain('男 → 女')
  expect(page.text()).toContain('中心校（教学点）负责人 → 中心校（教学点）负责人、项目负责人')

  await button(page, '导入 3 行')?.trigger('click')
  expect(asked.value?.text).toContain('其中 1 位已登记人员')
  expect(asked.value?.action).toBe('确认改动并导入')
  asked.value?.answer(true)
  await settle()
  expect(made.find((request) => request.method === 'POST')?.body).toEqual({
    good_rows_only: false,
    confirm_changes: true,
  })
})

test('units and roles that a roster would make are shown and asked about', async () => {
  answers({
    'GET /api/v1/roster-imports/imp_1': roster({
      wrong: 0,
      new: 3,
      new_units: 102,
      new_unit_list: [
        {
          place: '甘肃省 · 甘谷县 · 石滩川镇中心小学',
          level: 'central_school',
          like: [standing],
          alike: [],
          decided: true,
        },
        county,
      ],
      new_roles: 1,
      new_role_list: [{ row: 10, role: 'training_lead', place: '甘肃省' }],
      hidden_sheets: ['旧名单'],
    }),
    [ROWS]: { items: [] },
  })
  const page = await showPage(RosterPage, { props })
  expect(page.text()).toContain('会新建 102 个单位')
  expect(page.findAll('li').map((each) => each.text())).toContain('甘肃省 · 甘谷县 · 石滩川镇中心小学')
  expect(page.text()).toContain('甘肃省 · 渭源县')
  expect(page.text()).toContain('还有 100 个')
  expect(page.text()).toContain('第 10 行：项目负责人（甘肃省）')
  expect(page.text()).toContain('以下工作表在 Excel 中被隐藏，里面有内容，没有读取：旧名单。')
  await button(page, '导入 3 行')?.trigger('click')
  expect(asked.value?.text).toContain('其中 1 位新增的人会得到管理权限。')
  expect(asked.value?.text).toContain('会新建 102 个单位。')
  asked.value?.answer(false)
})

test('units with a similar name are decided about before anything is imported', async () => {
  const open: NewUnit = {
    place: '甘肃省 · 甘谷县 · 石滩川镇中心小学',
    level: 'central_school',
    like: [standing],
    alike: [],
    decided: false,
  }
  let decided = false
  const made = answers({
    'GET /api/v1/roster-imports/imp_1': () =>
      roster({
        wrong: 0,
        new: 3,
        new_units: decided ? 1 : 2,
        new_unit_list: [...(decided ? [] : [open]), county],
        undecided_units: decided ? 0 : 1,
        matched_units: decided
          ? [{ place: open.place, level: 'central_school', unit: standing, same_as: null }]
          : [],
      }),
    [ROWS]: { items: [] },
    'PUT /api/v1/roster-imports/imp_1/units': () => {
      decided = true
      return roster()
    },
  })
  const page = await showPage(RosterPage, { props })
  expect(page.text()).toContain('有 1 个单位的名称和别的单位相近')
  expect(page.get('fieldset').text()).toContain('名单里写的是：甘肃省 · 甘谷县 · 石滩川镇中心小学')
  expect(page.get('fieldset').text()).toContain('就是已有的“甘肃省 · 甘谷县 · 甘谷县石滩川镇中心小学”')
  expect(page.text()).toContain('会新建 1 个单位')
  const save = () => button(page, '按选择重新检查')
  expect(save()?.attributes('disabled')).toBeDefined()
  expect(button(page, '导入 3 行')?.attributes('disabled')).toBeDefined()
  await page.get('input[value=unit_9]').setValue(true)
  await save()?.trigger('click')
  await settle()
  expect(made.find((request) => request.method === 'PUT')?.body).toEqual({
    decisions: [{ place: open.place, make: false, unit_id: 'unit_9' }],
  })
  expect(button(page, '导入 3 行')?.attributes('disabled')).toBeUndefined()
  // It may still be decided otherwise.
  expect(page.get<HTMLInputElement>('input[value=unit_9]').element.checked).toBe(true)
  await page.get('input[value=make]').setValue(true)
  await save()?.trigger('click')
  await settle()
  expect(made.filter((request) => request.method === 'PUT')[1]?.body).toEqual({
    decisions: [{ place: open.place, make: true }],
  })
})

test('a roster that is refused as a unit was made meanwhile shows what there is to decide', async () => {
  const open: NewUnit = { ...county, place: '甘肃省 · 甘谷', like: [standing] }
  let isRefused = false
  answers({
    'GET /api/v1/roster-imports/imp_1': () =>
      roster({
        wrong: 0,
        new: 3,
        new_unit_list: [isRefused ? open : { ...open, like: [] }],
        undecided_units: isRefused ? 1 : 0,
      }),
    [ROWS]: { items: [] },
    [APPLY]: () => {
      isRefused = true
      return reply(409, { code: 'roster.units_undecided', title: '有 1 个单位的名称和别的单位相近。' })
    },
  })
  const page = await showPage(RosterPage, { props })
  expect(page.find('fieldset').exists()).toBe(false)
  await button(page, '导入 3 行')?.trigger('click')
  asked.value?.answer(true)
  await settle()
  expect(page.get('fieldset').text()).toContain(open.place)
  expect(button(page, '导入 3 行')?.attributes('disabled')).toBeDefined()
})

test('all new units can be seen, page by page', async () => {
  const far = (n: number): NewUnit => ({ ...county, place: `甘肃省 · 县${n}` })
  const made = answers({
    'GET /api/v1/roster-imports/imp_1': roster({
      wrong: 0,
      new: 3,
      new_units: 5,
      new_unit_list: [county, far(1)],
    }),
    [ROWS]: { items: [] },
    'GET /api/v1/roster-imports/imp_1/new-units': ({ url }: Request) =>
      url.includes('after=2') ? { items: [far(2), far(3)], next: '4' } : { items: [far(4)] },
  })
  const page = await showPage(RosterPage, { props })
  for (const left of [3, 1]) {
    await button(page, `还有 ${left} 个`)?.trigger('click')
    await settle()
  }
  expect(page.text()).toContain('甘肃省 · 县4')
  expect(button(page, '再列出一些')).toBeUndefined()
  const asked = made
    .filter(({ path }) => path.includes('/new-units'))
    .map(({ path }) => path.split('after=')[1])
  expect(asked).toEqual(['2', '4'])
})

test('two spellings in one roster are one unit when that is said, and any unit that stands can be meant', async () => {
  const longer = '甘肃省 · 渭源'
  const made = answers({
    'GET /api/v1/roster-imports/imp_1': roster({
      wrong: 0,
      new: 3,
      new_units: 2,
      new_unit_list: [{ ...county, place: longer, alike: [county.place] }, county],
      undecided_units: 1,
    }),
    [ROWS]: { items: [] },
    'GET /api/v1/org-units': { items: [{ id: 'org_7', name: '陇西县', place: ['甘肃省', '陇西县'] }] },
    'PUT /api/v1/roster-imports/imp_1/units': roster(),
  })
  const page = await showPage(RosterPage, { props })
  expect(page.get('fieldset').text()).toContain(`和名单里的“${county.place}”是同一个单位`)
  const save = async () => {
    await button(page, '按选择重新检查')?.trigger('click')
    await settle()
    return made.filter((request) => request.method === 'PUT').at(-1)?.body
  }
  await page.get(`input[value="same:${county.place}"]`).setValue(true)
  expect(await save()).toEqual({ decisions: [{ place: longer, make: false, same_as: county.place }] })

  // Whatever is offered, the unit that is meant can be sought; and one that looks like none may stand too.
  await page.get('input[value=pick]').setValue(true)
  expect(button(page, '按选择重新检查')?.attributes('disabled')).toBeDefined()
  page.getComponent({ name: 'UnitPicker' }).vm.$emit('update:modelValue', 'org_7')
  await button(page, '这个单位已经有了')?.trigger('click')
  const pickers = page.findAllComponents({ name: 'UnitPicker' })
  expect(pickers).toHaveLength(2)
  pickers[1]?.vm.$emit('update:modelValue', 'org_8')
  expect(await save()).toEqual({
    decisions: [
      { place: longer, make: false, unit_id: 'org_7' },
      { place: county.place, make: false, unit_id: 'org_8' },
    ],
  })
})

test('hidden rows are named and left out until they are taken', async () => {
  const hidden: RosterRow = { ...changed, row: 5, outcome: 'left_out', hidden: true, changes: [] }
  let taken = false
  const made = answers({
    'GET /api/v1/roster-imports/imp_1': () =>
      roster({ wrong: 0, new: 3, rows: 3, hidden: 2, hidden_taken: taken, hidden_columns: ['身份证号'] }),
    [ROWS]: { items: [hidden] },
    'PUT /api/v1/roster-imports/imp_1/hidden-rows': () => {
      taken = true
      return roster({ hidden: 2, hidden_taken: taken })
    },
  })
  const page = await showPage(RosterPage, { props })
  expect(page.get('fieldset').text()).toContain('有 2 行在 Excel 中被隐藏')
  expect(page.text()).toContain('以下列在 Excel 中被隐藏，但已照常读取：身份证号。')
  expect(page.text()).toContain('已隐藏')
  expect(page.get<HTMLInputElement>('input[value=leave]').element.checked).toBe(true)
  const only = page.findAll('label').find((each) => each.text().includes('只看隐藏的 2 行'))
  await only?.get('input').setValue(true)
  await settle()
  expect(made.some((request) => request.path.includes('only_hidden=true'))).toBe(true)
  await button(page, '导入 3 行')?.trigger('click')
  expect(asked.value?.text).toContain('在 Excel 中被隐藏的 2 行不会导入')
  asked.value?.answer(false)

  await page.get('input[value=take]').setValue(true)
  await settle()
  expect(made.find((request) => request.method === 'PUT')?.body).toEqual({ taken: true })
  expect(page.get<HTMLInputElement>('input[value=take]').element.checked).toBe(true)
})

test('hidden rows that would make the roster too long are named, and there is nothing to take', async () => {
  answers({
    'GET /api/v1/roster-imports/imp_1': roster({
      wrong: 0,
      new: 3,
      rows: 3,
      hidden: 4000,
      can_take_hidden: false,
    }),
    [ROWS]: { items: [changed] },
  })
  const page = await showPage(RosterPage, { props })
  expect(page.text()).toContain('有 4000 行在 Excel 中被隐藏，没有读入')
  expect(page.find('fieldset').exists()).toBe(false)
  expect(page.text()).not.toContain('只看隐藏的')
})

test('links are offered after the import, and taking them again is asked twice', async () => {
  answers({
    'GET /api/v1/roster-imports/imp_1': roster({
      state: 'applied',
      applied_at: '2026-11-02T02:00:00Z',
      links_taken_at: '2026-11-02T03:00:00Z',
      wrong: 0,
    }),
    [ROWS]: { items: [] },
  })
  const page = await showPage(RosterPage, { props, language: 'en' })
  expect(button(page, 'Import')).toBeUndefined()
  await button(page, 'Make the links again')?.trigger('click')
  expect(asked.value?.danger).toBe(true)
  asked.value?.answer(false)
})
