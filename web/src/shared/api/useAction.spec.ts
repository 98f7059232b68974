import { afterEach, expect, test } from 'vitest'
import { useQuery } from '@tanstack/vue-query'
import { defineComponent, h } from 'vue'
import { reply, answers, settle, showPage } from '@/shared/testing/page'
import { toasts } from '@/shared/ui/useToast'
import { api, call, type Problem } from '.'
import { actionKeys, useAction } from './useAction'

afterEach(() => history.replaceState(null, '', '/'))

test('the same input on the page of another thing is another action', () => {
  const keys = actionKeys()
  history.replaceState(null, '', '/office/trainings/trn_1/results?page=2')
  const key = keys.keyFor({ confirm: true })
  history.replaceState(null, '', '/office/trainings/trn_1/results')
  expect(keys.keyFor({ confirm: true })).toBe(key)
  history.replaceState(null, '', '/office/trainings/trn_2/results')
  expect(keys.keyFor({ confirm: true })).not.toBe(key)
})

/** Something that ends by a press, shown for as long as it is there. */
const Shown = defineComponent({
  setup() {
    const { mutate, error } = useAction({
      run: (_: void, { headers }) =>
        call(
          api.POST('/api/v1/training-leads/{lead_id}/end', {
            params: { path: { lead_id: 'tld_1' } },
            body: { reason: '' },
            headers,
          }),
        ),
      refreshes: [['leads']],
    })
    return () => h('button', { onClick: () => mutate() }, (error.value as Problem | null)?.title ?? '结束')
  },
})
const List = defineComponent({
  setup() {
    const { data } = useQuery({
      queryKey: ['leads'],
      queryFn: () =>
        call(
          api.GET('/api/v1/trainings/{training_id}/leads', { params: { path: { training_id: 'trn_1' } } }),
        ),
    })
    return () => (data.value?.items ?? []).map(({ id }) => h(Shown, { key: id }))
  },
})

test.each([
  [403, 2],
  [404, 2],
  [409, 2],
  [410, 2],
  [412, 2],
  [422, 1],
  [429, 1],
  [500, 1],
])(
  'what is shown is asked for anew after a refusal that means it stands otherwise: %i',
  async (status, asked) => {
    const made = answers({
      'GET /api/v1/trainings/trn_1/leads': { items: [{ id: 'tld_1' }] },
      'POST /api/v1/training-leads/tld_1/end': reply(status, { code: 'x', title: '不行' }),
    })
    const page = await showPage(List)
    await settle()
    await page.get('button').trigger('click')
    await settle()
    expect(page.get('button').text()).toBe('不行')
    expect(made.filter(({ method }) => method === 'GET')).toHaveLength(asked)
    page.unmount()
  },
)

test('a refusal whose place has gone with the newest is said all the same', async () => {
  toasts.value = []
  let items = [{ id: 'tld_1' }]
  answers({
    'GET /api/v1/trainings/trn_1/leads': () => ({ items }),
    'POST /api/v1/training-leads/tld_1/end': reply(409, { code: 'lead.ended', title: '已经结束' }),
  })
  const page = await showPage(List)
  await settle()
  items = []
  await page.get('button').trigger('click')
  await settle()
  expect(page.find('button').exists()).toBe(false)
  expect(toasts.value.map(({ text }) => text)).toEqual(['已经结束'])
  page.unmount()
})
