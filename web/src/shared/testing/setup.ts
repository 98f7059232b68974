// Before every spec: a device database of its own, an empty memory, no network.
import 'fake-indexeddb/auto'
import { enableAutoUnmount } from '@vue/test-utils'
import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest'
// A problem asks for it late; a spec waits for answers, not for files.
import '@/shared/problem/about'
import { DeviceChannel } from './channel'
import { askedInVain, cutNetwork } from './network'
import { countTasks, settle } from './turns'

countTasks()
cutNetwork()
Object.assign(globalThis, { BroadcastChannel: DeviceChannel })

beforeEach(() => {
  // A spec that only reads files runs without a page.
  if (typeof document === 'undefined') return
  localStorage.clear()
  sessionStorage.clear()
  document.body.innerHTML = ''
})

// The last that is registered comes first: a page leaves while its spec's answers are there still.
afterEach(async () => {
  await settle()
  vi.unstubAllGlobals()
  expect(askedInVain(), 'asked of the real network').toEqual([])
})
enableAutoUnmount(afterEach)

// The files of a thread share what the simulated browser is made of: a spy that stayed on it would count for the next file.
afterAll(() => {
  vi.restoreAllMocks()
})
