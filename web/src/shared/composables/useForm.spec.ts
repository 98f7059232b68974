import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { Problem } from '@/shared/api/problem'
import { settle, showPage } from '@/shared/testing/page'
import BaseInput from '@/shared/ui/BaseInput.vue'
import ProblemNotice from '@/shared/ui/ProblemNotice.vue'
import { useForm } from './useForm'

async function formWith(send: (values: { name: string }, key: string) => Promise<unknown>) {
  let form!: ReturnType<typeof make>
  const make = () =>
    useForm({
      values: () => ({ name: '' }),
      check: ({ name }) => ({ '/name': name ? undefined : 'missing' }),
      send: (values, { headers }) => send(values, headers['Idempotency-Key']),
      guard: false,
    })
  const page = defineComponent(() => {
    form = make()
    return () => h('input', { 'aria-invalid': form.problemOf('/name') ? 'true' : undefined })
  })
  const wrapper = await showPage(page)
  return { form, wrapper }
}

test('own checks come before the server, and the first wrong input gets the focus', async () => {
  const { form, wrapper } = await formWith(() => Promise.reject(new Error('must not be sent')))
  await form.submit()
  expect(form.problemOf('/name')).toBe('missing')
  await new Promise((done) => requestAnimationFrame(done))
  expect(document.activeElement).toBe(wrapper.get('input').element)
})

test('the server’s field problems come back to their inputs', async () => {
  const { form } = await formWith(() =>
    Promise.reject(
      new Problem({
        status: 422,
        code: 'input',
        errors: [{ pointer: '/name', code: 'too_long', detail: '太长了' }],
      }),
    ),
  )
  form.values.name = 'x'
  await form.submit()
  expect(form.problemOf('/name')).toBe('太长了')
  expect(form.problem?.code).toBe('input')
  expect(form.isDirty).toBe(true)
})

test('a retry of the same values keeps its key; new values or a final answer begin a new action', async () => {
  const keys: string[] = []
  const answers = [
    Problem.network(),
    Problem.network(),
    new Problem({ status: 409, code: 'taken' }),
    undefined,
  ]
  const { form } = await formWith((_values, key) => {
    keys.push(key)
    const answer = answers.shift()
    return answer ? Promise.reject(answer) : Promise.resolve()
  })
  form.values.name = 'one'
  await form.submit()
  await form.submit()
  await form.submit()
  await form.submit()
  expect(keys[0]).toBe(keys[1])
  expect(keys[1]).toBe(keys[2])
  expect(keys[3]).not.toBe(keys[2])
  expect(form.isDirty).toBe(false)
})

test('the summary names what is still wrong, and nothing that was mended or saved', async () => {
  const fields = ['/title', '/goal', '/place']
  const errors = fields.map((pointer) => ({ pointer, code: 'required', detail: '请填写' }))
  let answer: Problem | undefined = new Problem({
    status: 422,
    code: 'input.invalid',
    title: '有几处',
    errors,
  })
  let form!: ReturnType<typeof make>
  const make = () =>
    useForm({
      values: () => ({ title: '', goal: '', place: '' }),
      send: () => (answer ? Promise.reject(answer) : Promise.resolve()),
      guard: false,
    })
  const labels = { title: '名称', goal: '目标', place: '地点' }
  const page = await showPage(
    defineComponent(() => {
      form = make()
      return () =>
        h('form', [
          form.problem ? h(ProblemNotice, { problem: form.problem }) : undefined,
          ...(['title', 'goal', 'place'] as const).map((name) =>
            h(BaseInput, {
              label: labels[name],
              problem: form.problemOf(`/${name}`),
              modelValue: form.values[name],
              'onUpdate:modelValue': (text: unknown) => (form.values[name] = String(text)),
            }),
          ),
        ])
    }),
  )
  const summary = () => page.findAll('.notice li').map((line) => line.text())
  await form.submit()
  await settle()
  expect(summary()).toEqual(['名称：请填写', '目标：请填写', '地点：请填写'])
  const focused = document.activeElement
  form.values.goal = '会用复式教学'
  await settle()
  expect(summary()).toEqual(['名称：请填写', '地点：请填写'])
  expect(document.activeElement).toBe(focused)
  form.values.title = '第一周'
  form.values.place = '线上'
  await settle()
  expect(page.find('.notice').exists()).toBe(false)

  // What is refused for another reason stays until it is sent again, and goes with what is saved.
  answer = new Problem({ status: 409, code: 'taken', title: '有人占用' })
  await form.submit()
  await settle()
  expect(page.get('.notice').text()).toContain('有人占用')
  answer = undefined
  await form.submit()
  await settle()
  expect(page.find('.notice').exists()).toBe(false)
})

test('what was wrong with a field is said no more once the field says something else, and stays beside the others', async () => {
  let form!: ReturnType<typeof make>
  const errors = ['/texts/name', '/phone'].map((pointer) => ({
    pointer,
    code: 'x',
    detail: `wrong ${pointer}`,
  }))
  const make = () =>
    useForm({
      values: () => ({ texts: { name: '' }, phone: '' }),
      send: () => Promise.reject(new Problem({ status: 422, code: 'input.invalid', errors })),
      guard: false,
    })
  const page = await showPage(
    defineComponent(() => {
      form = make()
      return () => h('p', form.problemOf('/phone'))
    }),
  )
  await form.submit()
  form.values.texts.name = '王'
  await page.vm.$nextTick()
  expect([form.problemOf('/texts/name'), form.problemOf('/phone')]).toEqual([undefined, 'wrong /phone'])
  expect(form.problem).toBeDefined()
  form.values.phone = '138'
  await page.vm.$nextTick()
  expect([form.problemOf('/phone'), form.problem]).toEqual([undefined, undefined])
})
