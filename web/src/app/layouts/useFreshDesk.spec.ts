import { useQuery } from '@tanstack/vue-query'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { settle, showPage } from '@/shared/testing/page'
import { useFreshDesk } from './useFreshDesk'

test('who clicks into the window of a desk sees what colleagues did, however young the page is', async () => {
  let asked = 0
  const page = await showPage(
    defineComponent(() => {
      useFreshDesk()
      const board = useQuery({
        queryKey: ['board'],
        queryFn: () => Promise.resolve((asked += 1)),
        staleTime: 60_000,
      })
      return () => h('p', String(board.data.value))
    }),
  )
  await settle()
  expect(page.text()).toBe('1')
  window.dispatchEvent(new Event('focus'))
  await settle()
  expect(page.text()).toBe('2')
  page.unmount()
  window.dispatchEvent(new Event('focus'))
  await settle()
  expect(asked).toBe(2)
})
