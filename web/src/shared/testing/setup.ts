// Before every spec: a device database of its own, an empty memory, no network.
import 'fake-indexeddb/auto'
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, vi } from 'vitest'
// A problem asks for it late; a spec waits for answers, not for files.
import '@/shared/problem/about'

enableAutoUnmount(afterEach)

beforeEach(() => {
  // A spec that only reads files runs without a page.
  if (typeof document === 'undefined') return
  localStorage.clear()
  sessionStorage.clear()
  document.body.innerHTML = ''
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
})

afterEach(() => {
  vi.unstubAllGlobals()
})
