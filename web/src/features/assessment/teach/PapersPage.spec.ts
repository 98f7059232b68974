import { expect, test } from 'vitest'
import { answers, reply, settle, showPage, wang } from '@/shared/testing/page'
import PapersPage from './PapersPage.vue'

const expert = {
  ...wang,
  grants: ['trn_1', 'trn_2'].map((scope_id) => ({
    id: `gra_${scope_id}`,
    role: 'expert' as const,
    scope_kind: 'training' as const,
    scope_id,
    scope_name: '复式教学',
  })),
}

test('a paper for another training is another action than one for this training, whose answer was lost', async () => {
  const papers = (id: string) => [
    [`GET /api/v1/trainings/${id}/test-papers`, { items: [] }],
    [`POST /api/v1/trainings/${id}/test-papers`, reply(503)],
  ]
  const made = answers({
    'GET /api/v1/my/trainings': { items: [] },
    ...Object.fromEntries([...papers('trn_1'), ...papers('trn_2')]),
  })
  const page = await showPage(PapersPage, { me: expert, at: '/?training=trn_1' })
  const create = async () => {
    await page.get('button').trigger('click')
    await settle()
  }
  await create()
  await create()
  await page.vm.$router.replace('/?training=trn_2')
  await settle()
  await create()
  const posts = made.filter(({ method }) => method === 'POST')
  expect(posts.map(({ path }) => path)).toEqual([
    '/api/v1/trainings/trn_1/test-papers',
    '/api/v1/trainings/trn_1/test-papers',
    '/api/v1/trainings/trn_2/test-papers',
  ])
  const keys = posts.map(({ headers }) => headers.get('Idempotency-Key'))
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[1])
})
