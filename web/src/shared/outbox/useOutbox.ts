// Answers what of mine is still on this device, and lets a page write through the outbox.
import { useQueryClient } from '@tanstack/vue-query'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useSession } from '@/shared/session/session'
import { useToast } from '@/shared/ui/useToast'
import type { OutboxItem } from './db'
import { gather as gatherRecord, handOver } from './gathered'
import { flush, list, put, type Writing } from './outbox'

const EVERY = 60_000

export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  const queries = useQueryClient()
  const items = shallowRef<readonly OutboxItem[]>([])
  /** What the last sending brought to the server, with its answers. */
  const arrived = shallowRef<readonly OutboxItem[]>([])
  const waiting = computed(() => items.value.filter((item) => item.state === 'waiting'))
  const failed = computed(() => items.value.filter((item) => item.state === 'failed'))
  /** What waits is kept here for a network: there is none, or the server could not be reached, whatever the device believes of its network. */
  const isAway = ref(!navigator.onLine)
  let timer: ReturnType<typeof setTimeout> | undefined
  let askedToPersist = false
  // Whichever window sends: the one that wrote shows what came of it, and every window's pages are as old as its own.
  const windows = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('lingxue-outbox')
  if (windows) {
    windows.onmessage = ({ data }: MessageEvent<OutboxItem[]>) => {
      if (data[0]?.user === session.personId) void take(data)
    }
    // As in `token.ts`.
    ;(windows as { unref?: () => void }).unref?.()
  }

  /** Resolves when the writing is safe on the device; it is sent at once when that is possible. */
  async function send(writing: Writing): Promise<void> {
    await put(user(), writing)
    await refresh()
    void flushNow()
  }

  /** Keeps a small record; the next flush makes one writing, `into`, of all that have its name. */
  async function gather(name: string, record: unknown, into: Writing): Promise<void> {
    await gatherRecord(user(), name, record, into)
  }

  async function flushNow(isPressed = false): Promise<void> {
    const person = session.personId
    if (!person || session.phase === 'out') return
    // Also what a page that died had gathered.
    if (await handOver(person)) await refresh()
    const { delivered, dropped, isCutOff, again } = await flush(person, Date.now, isPressed)
    isAway.value = isCutOff || !navigator.onLine
    for (const { label, problem } of dropped) useToast().problem(`${label} · ${problem?.title ?? ''}`)
    if (delivered.length > 0) windows?.postMessage(delivered)
    await take(delivered)
    clearTimeout(timer)
    if (waiting.value.length === 0) return
    void keepStorage()
    timer = setTimeout(() => void flushNow(), Math.min(again ?? EVERY, EVERY))
  }

  /** The server has them. */
  async function take(delivered: OutboxItem[]) {
    arrived.value = delivered
    for (const { refreshes } of delivered)
      for (const queryKey of refreshes) void queries.invalidateQueries({ queryKey })
    await refresh()
  }

  async function refresh() {
    items.value = session.personId ? await list(session.personId) : []
  }

  /** Called once by the application: the moments when a network may be back. */
  function watchNetwork() {
    window.addEventListener('online', () => {
      isAway.value = false
      void flushNow()
    })
    window.addEventListener('offline', () => (isAway.value = true))
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void flushNow()
    })
    void flushNow()
  }

  /** What waits here exists nowhere else: ask the browser, once, not to evict it. */
  async function keepStorage() {
    if (askedToPersist) return
    askedToPersist = true
    await navigator.storage?.persist?.().catch(() => false)
  }

  function user(): string {
    if (!session.personId) throw new Error('the outbox belongs to a signed-in person')
    return session.personId
  }

  return {
    items,
    arrived,
    waiting,
    failed,
    isAway,
    send,
    gather,
    flushNow,
    refresh,
    watchNetwork,
  }
})
