import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineAsyncComponent, h } from 'vue'
import { settle } from '@/shared/testing/page'
import { asked, useConfirm } from '@/shared/ui/useConfirm'
import { tryAgain } from './trying'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  asked.value = undefined
  vi.useRealTimers()
})

/** A part whose chunk is lost as long as there is no network. */
async function page() {
  const network = { isThere: false, asks: 0 }
  const loader = () => {
    network.asks += 1
    return network.isThere
      ? Promise.resolve({ render: () => h('p', '在这里') })
      : Promise.reject(new Error('lost'))
  }
  const Part = defineAsyncComponent({ loader, onError: tryAgain })
  const shown = mount({ render: () => h('main', h(Part)) })
  await vi.advanceTimersByTimeAsync(0)
  return { network, shown }
}

test('what did not come while there seemed to be a network is asked for after a growing pause', async () => {
  const { network, shown } = await page()
  const asks = []
  for (const pause of [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
    await vi.advanceTimersByTimeAsync(pause - 1)
    asks.push(network.asks)
    await vi.advanceTimersByTimeAsync(1)
  }
  expect(asks).toEqual([1, 2, 3, 4, 5, 6, 7])
  network.isThere = true
  await vi.advanceTimersByTimeAsync(60_000)
  expect(shown.text()).toBe('在这里')
  expect(network.asks).toBe(9)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(network.asks).toBe(9)
})

test('a network that comes brings it at once', async () => {
  const { network, shown } = await page()
  network.isThere = true
  dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect(shown.text()).toBe('在这里')
})

test('a question brings it at once, each time that one is asked, and waits for it', async () => {
  const { network, shown } = await page()
  void useConfirm()({ title: '交卷？', action: '交卷' })
  await vi.advanceTimersByTimeAsync(0)
  expect(network.asks).toBe(2)
  network.isThere = true
  const answer = useConfirm()({ title: '交卷？', action: '交卷' })
  await vi.advanceTimersByTimeAsync(0)
  expect(network.asks).toBe(3)
  await vi.runAllTimersAsync()
  expect(network.asks).toBe(3)
  expect(shown.text()).toBe('在这里')
  asked.value?.answer(true)
  expect(await answer).toBe(true)
  await settle()
})
