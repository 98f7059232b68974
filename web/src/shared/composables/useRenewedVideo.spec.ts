import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref, useTemplateRef } from 'vue'
import { settle } from '@/shared/testing/turns'
import { useRenewedVideo } from './useRenewedVideo'

const did: string[] = []

beforeEach(() => {
  did.length = 0
  vi.useFakeTimers({ toFake: ['Date'], now: 10_000_000 })
  for (const name of ['load', 'pause', 'play'] as const)
    vi.spyOn(HTMLMediaElement.prototype, name).mockImplementation(() => {
      did.push(name)
      return Promise.resolve() as never
    })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** A player whose address was given out so many seconds ago. */
async function player(secondsAgo: number, isPaused: boolean) {
  const url = ref('/blob/blb_1?sig=old')
  const dataUpdatedAt = ref(Date.now() - secondsAgo * 1000)
  const refetch = vi.fn(() => {
    url.value = '/blob/blb_1?sig=new'
    dataUpdatedAt.value = Date.now()
    return Promise.resolve()
  })
  const page = mount(
    defineComponent({
      setup() {
        useRenewedVideo(useTemplateRef<HTMLVideoElement>('video'), { dataUpdatedAt, refetch })
        return () => h('video', { ref: 'video', src: url.value })
      },
    }),
  )
  await settle()
  const video = page.get('video')
  let at = 412
  Object.defineProperties(video.element, {
    paused: { get: () => isPaused },
    currentTime: { get: () => at, set: (to: number) => (at = to) },
  })
  return { page, video, refetch, at: () => at, rewind: () => (at = 0) }
}

test('a player whose address has ended goes on where it was', async () => {
  const { video, refetch, at, rewind } = await player(3_700, false)
  await video.trigger('error')
  await settle()
  expect(refetch).toHaveBeenCalledOnce()
  expect(video.attributes('src')).toBe('/blob/blb_1?sig=new')
  expect(did).toEqual(['pause', 'load', 'play'])
  rewind()
  await video.trigger('loadedmetadata')
  expect(at()).toBe(412)
})

test('who had not begun to play is not made to', async () => {
  const { video } = await player(3_700, true)
  await video.trigger('error')
  await settle()
  expect(did).toEqual(['pause', 'load'])
})

test('an address that was just given out is not asked for again and again', async () => {
  const { video, refetch } = await player(3_700, false)
  for (let n = 0; n < 3; n++) {
    await video.trigger('error')
    await settle()
  }
  expect(refetch).toHaveBeenCalledOnce()
})

test('a page that is left asks for nothing', async () => {
  const { page, video, refetch } = await player(3_700, false)
  const element = video.element
  page.unmount()
  element.dispatchEvent(new Event('error'))
  await settle()
  expect(refetch).not.toHaveBeenCalled()
})
