import { expect, test } from 'vitest'
import { answers, settle, showPage } from '@/shared/testing/page'
import OrgUnitsPage from './OrgUnitsPage.vue'
import type { OrgUnit } from './queries'

const province: OrgUnit = {
  id: 'org_1',
  parent_id: null,
  level: 'province',
  name: '甘肃省',
  code: '620000',
  place: ['甘肃省'],
  has_children: true,
  version: 1,
  people: 2,
}
const county: OrgUnit = {
  id: 'org_2',
  parent_id: 'org_1',
  level: 'county',
  name: '通渭县',
  code: null,
  place: ['甘肃省', '通渭县'],
  has_children: false,
  version: 1,
  people: 0,
}

test('the tree opens from the top, and a unit below can be added', async () => {
  const made = answers({
    'GET /api/v1/org-units': { items: [province] },
    'GET /api/v1/org-units?parent=org_1': { items: [county] },
    'GET /api/v1/org-units/org_2': county,
    'POST /api/v1/org-units': { ...county, id: 'org_3' },
  })
  const page = await showPage(OrgUnitsPage)
  const names = page.findAll('.name').map((each) => each.text())
  expect(names).toEqual(['甘肃省 省', '通渭县 县（区）'])
  await page.findAll('.name')[1]?.trigger('click')
  await settle()
  await page
    .findAll('button')
    .find((each) => each.text().includes('添加下级单位'))
    ?.trigger('click')
  await page.get('dialog[open] input').setValue('青石湾镇中心小学')
  await page.get('dialog[open] form').trigger('submit')
  await settle()
  expect(made.find((request) => request.method === 'POST')?.body).toEqual({
    name: '青石湾镇中心小学',
    code: null,
    level: 'central_school',
    parent_id: 'org_2',
  })
})
