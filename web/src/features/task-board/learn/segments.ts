// Answers what was played: the player's events become stretches of media, each at one speed and in sight or not.

export interface WatchRecord {
  counter: number
  from_ms: number
  to_ms: number
  rate_hundredths: number
  wall_ms: number
  is_visible: boolean
  /** When the stretch ended, since the playback was opened: reports may come much later. */
  ended_ms: number
}

export interface PlayerState {
  /** Position in the media and on a clock that only goes forward, in milliseconds. */
  media: number
  wall: number
  rate: number
  isVisible: boolean
}

/** Longer stretches are cut, so that a page that dies loses little. */
const LONGEST = 10_000

export class Segments {
  private counter = 0
  private zero = 0
  private start: PlayerState | undefined
  private last: PlayerState | undefined

  /** A playback was opened at this reading of the clock that only goes forward. */
  opened(wall: number) {
    this.zero = wall
  }

  get isPlaying(): boolean {
    return this.start !== undefined
  }

  begin(now: PlayerState) {
    this.start = now
    this.last = now
  }

  /** Called as the position moves; gives a record when the stretch is long enough or changed its kind. */
  move(now: PlayerState): WatchRecord | undefined {
    if (!this.start) return undefined
    this.last = now
    const { start } = this
    const isOther = now.rate !== start.rate || now.isVisible !== start.isVisible
    if (!isOther && now.wall - start.wall < LONGEST) return undefined
    // What was played until now was played as it began.
    const record = this.record(start, now)
    this.begin(now)
    return record
  }

  /** Playing stopped at a position: a pause, the end, a hidden page. */
  end(now: PlayerState): WatchRecord | undefined {
    const { start } = this
    this.start = undefined
    this.last = undefined
    return start && this.record(start, now)
  }

  /** The position jumped: what counts ends where it last moved by itself. */
  jump(): WatchRecord | undefined {
    const { start, last } = this
    this.start = undefined
    this.last = undefined
    return start && last && this.record(start, last)
  }

  private record(start: PlayerState, end: PlayerState): WatchRecord | undefined {
    const from_ms = Math.round(start.media)
    const to_ms = Math.round(end.media)
    if (to_ms <= from_ms) return undefined
    const counter = this.counter
    this.counter += 1
    return {
      counter,
      from_ms,
      to_ms,
      rate_hundredths: Math.round(start.rate * 100),
      wall_ms: Math.round(end.wall - start.wall),
      is_visible: start.isVisible,
      ended_ms: Math.max(0, Math.round(end.wall - this.zero)),
    }
  }
}
