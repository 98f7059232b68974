// Answers how the page hears the server: one socket, channels that resume where they stopped, reconnection with manners.
import { api, call, Problem } from '@/shared/api'

export type LiveState = 'idle' | 'connecting' | 'live' | 'waiting' | 'refused'

export interface LiveEvent {
  channel: string
  number: number
  kind: string
  data: unknown
}

export interface ChannelListener {
  onEvent?: (event: LiveEvent) => void
  /** The server cannot replay what was missed: fetch the state anew. */
  onResync?: () => void
  onRefused?: (code: string) => void
}

interface Channel {
  listeners: Set<ChannelListener>
  /** The last number seen, with the epoch it belongs to; undefined until the server has answered once. */
  seen: { number: number; epoch: string } | undefined
}

type ServerFrame =
  | { type: 'recovered' | 'resync'; channel: string; epoch: string; number: number }
  | { type: 'event'; channel: string; number: number; kind: string; data: unknown }
  | { type: 'refused'; channel: string; code: string }
  | { type: 'pong' }

/** What the socket needs from its surroundings; specs bring their own. */
export interface LiveSurroundings {
  ticket: () => Promise<string>
  open: (ticket: string) => WebSocket
  random: () => number
}

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 30_000
const PING_EVERY = 25_000
const SILENCE_LIMIT = 60_000
/** A connection that is still being made after this is made anew. */
const OPENS_WITHIN = 20_000
/** A living connection answers a ping within this. */
const PONG_WITHIN = 3_000

export class LiveSocket {
  readonly #around: LiveSurroundings
  readonly #channels = new Map<string, Channel>()
  readonly #watchers = new Set<() => void>()
  #state: LiveState = 'idle'
  #socket: WebSocket | undefined
  #failures = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #ping: ReturnType<typeof setInterval> | undefined
  #probe: ReturnType<typeof setTimeout> | undefined
  #heardAt = 0
  /** Counts the tries: what an abandoned one still brings is not taken. */
  #try = 0

  constructor(around: LiveSurroundings) {
    this.#around = around
  }

  get state(): LiveState {
    return this.#state
  }

  /** What the page shows may be old: there was a stream, or a try, and now there is none. */
  get isInterrupted(): boolean {
    if (this.#state === 'connecting') return this.#failures > 0
    return this.#state === 'waiting' || this.#state === 'refused'
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  subscribe(name: string, listener: ChannelListener): () => void {
    const channel = this.#channels.get(name) ?? { listeners: new Set(), seen: undefined }
    const isNew = !this.#channels.has(name)
    this.#channels.set(name, channel)
    channel.listeners.add(listener)
    if (isNew && this.#state === 'live') this.#ask(name, channel)
    if (this.#state === 'idle') void this.#connect()
    return () => this.#unsubscribe(name, channel, listener)
  }

  /**
   * The network is back, or the page is shown again: tries at once. A connection that looks alive must say so, because a phone
   * that changed networks keeps a dead one open.
   */
  wake() {
    if (this.#channels.size === 0) return
    if (this.#state === 'waiting') void this.#connect()
    if (this.#state !== 'live') return
    const asked = performance.now()
    this.#say({ type: 'ping' })
    clearTimeout(this.#probe)
    this.#probe = setTimeout(() => {
      if (this.#heardAt >= asked) return
      this.#hangUp()
      void this.#connect()
    }, PONG_WITHIN)
  }

  /** Somebody signed out: nothing may be heard any more. */
  stop() {
    this.#channels.clear()
    this.#failures = 0
    this.#give('idle')
  }

  #unsubscribe(name: string, channel: Channel, listener: ChannelListener) {
    channel.listeners.delete(listener)
    if (channel.listeners.size > 0 || this.#channels.get(name) !== channel) return
    this.#channels.delete(name)
    if (this.#state === 'live') this.#say({ type: 'unsubscribe', channel: name })
    else if (this.#channels.size === 0 && this.#state !== 'refused') this.#give('idle')
  }

  async #connect() {
    const mine = ++this.#try
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#lost(), OPENS_WITHIN)
    this.#become('connecting')
    let ticket: string
    try {
      ticket = await this.#around.ticket()
    } catch (cause) {
      if (mine !== this.#try) return
      const { status } = Problem.from(cause)
      if (status === 401 || status === 403) this.#give('refused')
      else this.#retryLater()
      return
    }
    if (mine !== this.#try) return
    const socket = this.#around.open(ticket)
    this.#socket = socket
    socket.onopen = () => socket === this.#socket && this.#opened()
    socket.onmessage = (event) =>
      socket === this.#socket && this.#hear(JSON.parse(String(event.data)) as ServerFrame)
    socket.onclose = (event) => this.#closed(socket, event.code)
  }

  #opened() {
    clearTimeout(this.#retry)
    this.#become('live')
    this.#heardAt = performance.now()
    for (const [name, channel] of this.#channels) this.#ask(name, channel)
    this.#ping = setInterval(() => {
      // A phone that changed networks keeps a dead socket open; silence is how it shows.
      if (performance.now() - this.#heardAt > SILENCE_LIMIT) this.#lost()
      else this.#say({ type: 'ping' })
    }, PING_EVERY)
  }

  #hear(frame: ServerFrame) {
    this.#heardAt = performance.now()
    this.#failures = 0
    if (frame.type === 'pong') return
    const channel = this.#channels.get(frame.channel)
    if (!channel) return
    switch (frame.type) {
      case 'recovered':
        channel.seen = { number: channel.seen?.number ?? frame.number, epoch: frame.epoch }
        break
      case 'resync':
        channel.seen = { number: frame.number, epoch: frame.epoch }
        for (const listener of channel.listeners) listener.onResync?.()
        break
      case 'event':
        // What a resumed channel sends twice was handled the first time.
        if (channel.seen && frame.number <= channel.seen.number) break
        if (channel.seen) channel.seen = { ...channel.seen, number: frame.number }
        for (const listener of channel.listeners) listener.onEvent?.(frame)
        break
      case 'refused':
        this.#channels.delete(frame.channel)
        for (const listener of channel.listeners) listener.onRefused?.(frame.code)
    }
  }

  #ask(name: string, channel: Channel) {
    const from = channel.seen ? { after: channel.seen.number, epoch: channel.seen.epoch } : {}
    this.#say({ type: 'subscribe', channel: name, ...from })
  }

  #say(frame: object) {
    this.#socket?.send(JSON.stringify(frame))
  }

  #closed(socket: WebSocket, code: number) {
    if (socket !== this.#socket) return
    if (code === 4401) this.#give('refused')
    else if (this.#channels.size === 0) this.#give('idle')
    else this.#lost()
  }

  #lost() {
    this.#hangUp()
    this.#retryLater()
  }

  /** Nothing more is tried. */
  #give(state: 'idle' | 'refused') {
    this.#hangUp()
    this.#become(state)
  }

  #hangUp() {
    this.#try += 1
    clearTimeout(this.#retry)
    clearInterval(this.#ping)
    clearTimeout(this.#probe)
    const socket = this.#socket
    this.#socket = undefined
    socket?.close()
  }

  /** Full jitter: a thousand phones of one restarted server do not come back in the same second. */
  #retryLater() {
    const ceiling = Math.min(FIRST_PAUSE * 2 ** this.#failures, LONGEST_PAUSE)
    this.#failures += 1
    this.#become('waiting')
    clearTimeout(this.#retry)
    this.#retry = setTimeout(
      () => void this.#connect(),
      Math.max(FIRST_PAUSE, this.#around.random() * ceiling),
    )
  }

  #become(state: LiveState) {
    this.#state = state
    for (const watcher of this.#watchers) watcher()
  }
}

/** Singleton: one socket per page. */
export const live = new LiveSocket({
  ticket: async () => (await call(api.POST('/api/v1/live/ticket'))).ticket,
  open: (ticket) => {
    const url = new URL('/api/v1/live', location.href)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    url.searchParams.set('ticket', ticket)
    return new WebSocket(url)
  },
  random: Math.random,
})
