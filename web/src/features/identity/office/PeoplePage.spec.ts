import { expect, test } from 'vitest'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import PeoplePage from './PeoplePage.vue'
import type { Person } from './queries'

const office = {
  ...wang,
  places: ['office' as const],
  grants: [
    {
      id: 'grt_1',
      role: 'provincial_office' as const,
      scope_kind: 'org_unit' as const,
      scope_id: 'org_1',
      scope_name: '甘肃省',
    },
  ],
}

export function person(over: Partial<Person> = {}): Person {
  return {
    id: 'per_1',
    name: '何秀兰',
    account_name: 'lx0000001',
    phone_masked: '160****1001',
    identity_number_masked: '6299**********0021',
    org_unit: { id: 'org_2', name: '柳树坪教学点' },
    gender: 'female',
    subject: '全科',
    professional_title: '高级教师',
    teaching_since: 2004,
    activated: false,
    disabled_at: null,
    created_at: '2026-11-02T01:00:00Z',
    version: 1,
    ...over,
  }
}

test('people show masked, with the state of their account', async () => {
  answers({
    'GET /api/v1/people': { items: [person(), person({ id: 'per_2', name: '李芳', activated: true })] },
    'GET /api/v1/org-units': { items: [] },
  })
  const page = await showPage(PeoplePage, { me: office })
  expect(page.text()).toContain('160****1001')
  expect(page.text()).toContain('未启用')
  expect(page.text()).toContain('已启用')
  expect(page.get('a[href*="per_1"]').text()).toBe('何秀兰')
})

test('a filter in the address is asked for, and nobody found is said', async () => {
  const made = answers({
    'GET /api/v1/people': { items: [] },
    'GET /api/v1/org-units': { items: [] },
    'GET /api/v1/org-units/org_2': {
      id: 'org_2',
      parent_id: null,
      level: 'county',
      name: '通渭县',
      code: null,
      place: ['通渭县'],
      has_children: false,
      version: 1,
      people: 0,
    },
  })
  const page = await showPage(PeoplePage, { me: office, at: '/office/people?name=何&unit=org_2' })
  const asked = made.find((request) => request.path.startsWith('/api/v1/people'))
  expect(decodeURIComponent(asked?.path ?? '')).toContain('name=何&org_unit_id=org_2')
  expect(page.text()).toContain('没有符合条件的人员')
})

test('whoever may not see people reads why', async () => {
  answers({
    'GET /api/v1/people': reply(403, { code: 'access.denied', title: '您的角色不能进行这项操作。' }),
    'GET /api/v1/org-units': reply(403, { code: 'access.denied', title: '您的角色不能进行这项操作。' }),
  })
  const page = await showPage(PeoplePage, { me: office })
  await settle()
  expect(page.get('[role=alert]').text()).toContain('您的角色不能进行这项操作')
})
