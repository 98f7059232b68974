// Answers how several windows of one person keep one draft on this device: each writes a row of its own, which says what of the
// others it goes on from. So none overwrites another, and it is known which words are newer and which were written side by side.
import { freshId } from '@/shared/lib/id'
import { all, deviceDb, drop, inMemory, keep, type Draft } from './db'

/** How far each window had counted. */
export type Seen = Record<string, number>

export type News = { key: string; window: string } & (
  | { kind: 'written' }
  /** What was seen of the draft, with these words, is settled: the server has it, as `held`, or it was given up. */
  | { kind: 'cleared'; seen: Seen; words: string; held?: unknown }
)

/** Where a draft is kept; a window adds its own name. */
export function keyOf(owner: string | undefined, name: string): string {
  return `${owner ?? 'nobody'}/${name}`
}

export function rowKey(key: string, window: string): string {
  return `${key}#${window}`
}

/** What all windows keep of a draft. */
export async function rowsOf(owner: string, key: string): Promise<Draft[]> {
  return (await all('drafts', owner)).filter((row) => row.key.startsWith(`${key}#`))
}

/** Brings along what an earlier version kept under another name: its oldest rows knew no windows. */
export async function rename(owner: string, from: string, to: string): Promise<void> {
  const isOf = ({ key }: Draft) => key === from || key.startsWith(`${from}#`)
  for (const row of (await all('drafts', owner)).filter(isOf)) {
    const { window = freshId(), n = 1, seen = {} } = row as Partial<Draft>
    await keep('drafts', { ...row, window, n, seen, key: rowKey(to, window) })
    await drop('drafts', row.key)
  }
}

/** Everything that a row goes on from, and itself. */
export function within(row: Draft): Seen {
  return { ...row.seen, [row.window]: row.n }
}

export function covers(all: Seen, part: Seen): boolean {
  return Object.entries(part).every(([window, n]) => (all[window] ?? 0) >= n)
}

/** What nobody has gone on from; the newest first. */
export function newest(rows: readonly Draft[]): Draft[] {
  const isOld = (row: Draft) => rows.some((other) => other !== row && (other.seen[row.window] ?? 0) >= row.n)
  return rows.filter((row) => !isOld(row)).sort((a, b) => b.at - a.at)
}

/** Its window may have gone on since it was looked at: then the row stays. */
export async function dropSeen({ key, n }: Draft): Promise<void> {
  if (inMemory('drafts').some((row) => row.key === key)) return drop('drafts', key)
  try {
    const { store } = (await deviceDb()).transaction('drafts', 'readwrite')
    if ((await store.get(key))?.n === n) await store.delete(key)
  } catch {
    // A device that refuses has nothing to drop.
  }
}

/** Singleton: what a page tells the others; its windows listen each for itself. */
let telling: BroadcastChannel | undefined

/** A WebView without channels finds out what the others wrote when it writes itself, or is looked at again. */
export function tell(news: News) {
  telling ??= open()
  telling?.postMessage(news)
}

/** Singleton: the drafts that stand open on this page, by their windows. */
const standing = new Map<string, string>()

/** What the other windows say about a draft, which stands open from here on; gives the way to stop listening. */
export function listen(key: string, window: string, hear: (news: News) => unknown): () => void {
  standing.set(window, key)
  const channel = open()
  if (channel)
    channel.onmessage = ({ data }: MessageEvent<News>) =>
      data.key === key && data.window !== window && hear(data)
  return () => {
    standing.delete(window)
    channel?.close()
  }
}

/** It is in sight, or behind a dialog of this page. */
export function isOpen(key: string): boolean {
  return [...standing.values()].includes(key)
}

function open(): BroadcastChannel | undefined {
  if (typeof BroadcastChannel === 'undefined') return undefined
  const channel = new BroadcastChannel('lingxue-drafts')
  // Node's channel would keep a spec's process alive; a browser has no `unref`.
  ;(channel as { unref?: () => void }).unref?.()
  return channel
}
