import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '@/shared/api'
import { LiveSocket, type LiveState } from './socket'

/** The server's end of the wire. */
class Wire {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  said: unknown[] = []
  send(text: string) {
    this.said.push(JSON.parse(text))
  }
  close(code = 1000) {
    this.onclose?.({ code })
  }
  tell(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

let wires: Wire[]
let ticket: () => Promise<string>
let live: LiveSocket
let states: LiveState[]
const channel = 'class:cls_1'

beforeEach(() => {
  vi.useFakeTimers()
  wires = []
  states = []
  ticket = () => Promise.resolve('ticket')
  live = new LiveSocket({
    ticket: () => ticket(),
    open: () => {
      const wire = new Wire()
      wires.push(wire)
      return wire as unknown as WebSocket
    },
    random: () => 1,
  })
  live.watch(() => states.push(live.state))
})

afterEach(() => {
  live.stop()
  vi.useRealTimers()
})

async function opened(): Promise<Wire> {
  await vi.advanceTimersByTimeAsync(0)
  const wire = wires[wires.length - 1] as Wire
  wire.onopen?.()
  return wire
}

test('a lost connection is resumed from the last number, and nothing is heard twice', async () => {
  const heard: number[] = []
  const resync = vi.fn()
  live.subscribe(channel, { onEvent: (event) => heard.push(event.number), onResync: resync })
  const first = await opened()
  expect(first.said).toEqual([{ type: 'subscribe', channel }])
  first.tell({ type: 'resync', channel, epoch: 'e', number: 4 })
  first.tell({ type: 'event', channel, number: 5, kind: 'post_written', data: {} })
  expect(resync).toHaveBeenCalledTimes(1)

  expect(live.isInterrupted).toBe(false)
  first.close(1006)
  expect(live.isInterrupted).toBe(true)
  await vi.advanceTimersByTimeAsync(500)
  expect(live.isInterrupted).toBe(true)
  const second = await opened()
  expect(live.isInterrupted).toBe(false)
  expect(second.said).toEqual([{ type: 'subscribe', channel, after: 5, epoch: 'e' }])
  second.tell({ type: 'recovered', channel, epoch: 'e', number: 7 })
  for (const number of [5, 6, 7])
    second.tell({ type: 'event', channel, number, kind: 'post_written', data: {} })
  expect(heard).toEqual([5, 6, 7])
  expect(resync).toHaveBeenCalledTimes(1)
})

test('a server whose history changed makes the page fetch anew', async () => {
  const resync = vi.fn()
  live.subscribe(channel, { onResync: resync })
  const wire = await opened()
  wire.tell({ type: 'resync', channel, epoch: 'e', number: 4 })
  wire.tell({ type: 'resync', channel, epoch: 'f', number: 1 })
  wire.close(1001)
  await vi.advanceTimersByTimeAsync(500)
  expect((await opened()).said).toEqual([{ type: 'subscribe', channel, after: 1, epoch: 'f' }])
  expect(resync).toHaveBeenCalledTimes(2)
})

test('pauses between tries grow to half a minute and shrink after the first word heard', async () => {
  live.subscribe(channel, {})
  let opens = 0
  for (const pause of [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]) {
    const wire = await opened()
    expect(wires).toHaveLength(++opens)
    wire.close(1006)
    await vi.advanceTimersByTimeAsync(pause - 1)
    expect(wires).toHaveLength(opens)
    await vi.advanceTimersByTimeAsync(1)
  }
  const wire = await opened()
  wire.tell({ type: 'pong' })
  wire.close(1006)
  await vi.advanceTimersByTimeAsync(500)
  expect(wires).toHaveLength(opens + 2)
})

test('refused credentials are final', async () => {
  live.subscribe(channel, {})
  ;(await opened()).close(4401)
  expect(live.state).toBe('refused')
  await vi.advanceTimersByTimeAsync(120_000)
  expect(wires).toHaveLength(1)
})

test('a ticket nobody gives: refused ends it, no network tries again', async () => {
  ticket = () => Promise.reject(Problem.network())
  live.subscribe(channel, {})
  await vi.advanceTimersByTimeAsync(0)
  expect(live.state).toBe('waiting')
  ticket = () => Promise.reject(new Problem({ status: 401, code: 'session.ended' }))
  live.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(live.state).toBe('refused')
  expect(wires).toHaveLength(0)
})

test('silence for a minute is a dead connection', async () => {
  live.subscribe(channel, {})
  const wire = await opened()
  await vi.advanceTimersByTimeAsync(25_000)
  expect(wire.said).toContainEqual({ type: 'ping' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(states).toContain('waiting')
})

test('the last listener leaving ends the subscription; a refused channel tells its listeners', async () => {
  const refused = vi.fn()
  const leave = live.subscribe(channel, {})
  live.subscribe('class:cls_2', { onRefused: refused })
  const wire = await opened()
  leave()
  expect(wire.said).toContainEqual({ type: 'unsubscribe', channel })
  wire.tell({ type: 'refused', channel: 'class:cls_2', code: 'no_such_channel' })
  expect(refused).toHaveBeenCalledWith('no_such_channel')
})

test('a connection that nobody listens to any more is not tried again; who listens next begins at once', async () => {
  const asked = vi.fn(() => Promise.reject(Problem.network()))
  ticket = asked
  const leave = live.subscribe(channel, {})
  await vi.advanceTimersByTimeAsync(600)
  expect(live.state).toBe('waiting')
  leave()
  const before = asked.mock.calls.length
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(asked).toHaveBeenCalledTimes(before)
  expect(live.state).toBe('idle')
  ticket = () => Promise.resolve('ticket')
  live.subscribe(channel, {})
  expect((await opened()).said).toEqual([{ type: 'subscribe', channel }])
})

test('a page that is shown again asks a silent connection, and leaves it when it does not answer', async () => {
  live.subscribe(channel, {})
  const first = await opened()
  first.tell({ type: 'resync', channel, epoch: 'e', number: 4 })
  live.wake()
  expect(first.said).toContainEqual({ type: 'ping' })
  await vi.advanceTimersByTimeAsync(1000)
  first.tell({ type: 'pong' })
  await vi.advanceTimersByTimeAsync(5000)
  expect(wires).toHaveLength(1)

  live.wake()
  await vi.advanceTimersByTimeAsync(3000)
  expect(wires).toHaveLength(2)
  expect((await opened()).said).toEqual([{ type: 'subscribe', channel, after: 4, epoch: 'e' }])
  // What the dead wire brings late is heard by nobody, and its end ends nothing.
  first.onclose?.({ code: 1006 })
  expect(live.state).toBe('live')
})

test('the network coming back ends the pause', async () => {
  live.subscribe(channel, {})
  for (let at = 0; at < 6; at += 1) {
    ;(await opened()).close(1006)
    await vi.advanceTimersByTimeAsync(500 * 2 ** at)
  }
  ;(await opened()).close(1006)
  const before = wires.length
  live.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(wires).toHaveLength(before + 1)
})

test('a connection that never opens is given up, whatever hangs: the ticket or the wire', async () => {
  live.subscribe(channel, {})
  await vi.advanceTimersByTimeAsync(0)
  expect(wires).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(live.state).toBe('waiting')
  ticket = () => new Promise(() => undefined)
  live.wake()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(live.state).toBe('waiting')
  expect(wires).toHaveLength(1)
})

test('a clock that is set back by an hour does not hide a dead connection', async () => {
  live.subscribe(channel, {})
  await opened()
  vi.setSystemTime(Date.now() - 3_600_000)
  await vi.advanceTimersByTimeAsync(90_000)
  expect(states).toContain('waiting')
})
