// Answers how watching is told to the server: a playback is opened when playing begins, and what was played is gathered on the device.
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { api, call, Problem, type Schema } from '@/shared/api'
import type { OutboxItem } from '@/shared/outbox/db'
import { useOutbox } from '@/shared/outbox/useOutbox'
import { writing } from '@/shared/outbox/writing'
import { Segments, type PlayerState, type WatchRecord } from './segments'

const SEND_EVERY = 30_000

export function usePlayback(taskId: string, label: () => string) {
  const outbox = useOutbox()
  const segments = new Segments()
  const thread = `task:${taskId}`
  const playback = shallowRef<string>()
  const isAudio = ref(false)
  /** The server could not be asked: what plays now does not count. */
  const isUncounted = ref(false)
  /** It was asked, and takes no watching. */
  const refusal = shallowRef<Problem>()
  /** Another playback of the same person has taken its place: nothing more of this one counts, so the page stops. */
  const isEnded = ref(false)
  const watchedMs = ref(0)
  let player: HTMLVideoElement | undefined
  let opening: Promise<void> | undefined

  const state = (): PlayerState => ({
    media: (player?.currentTime ?? 0) * 1000,
    wall: performance.now(),
    rate: player?.playbackRate ?? 1,
    isVisible: document.visibilityState === 'visible',
  })

  /** Once for each player, however often it is asked. */
  function attach(video: HTMLVideoElement) {
    if (player === video) return
    player = video
    const on = (name: keyof HTMLMediaElementEventMap, run: () => void) => video.addEventListener(name, run)
    on('playing', () => void begin())
    on('timeupdate', () => keep(segments.move(state())))
    on('ratechange', () => keep(segments.move(state())))
    on('seeking', () => keep(segments.jump()))
    on('pause', stop)
    on('ended', stop)
    // What plays already counts from here on.
    if (!video.paused && video.readyState >= video.HAVE_FUTURE_DATA) void begin()
  }

  async function begin() {
    if (segments.isPlaying) return
    // The server's clock starts before the first stretch does, or its beginning would not count.
    if (!playback.value) await (opening ??= open())
    if (!player || player.paused || segments.isPlaying) return
    segments.begin(state())
  }

  async function open() {
    try {
      const params = { path: { task_id: taskId } }
      const opened = await call(
        api.POST('/api/v1/tasks/{task_id}/playbacks', { params, body: { is_audio: isAudio.value } }),
      )
      playback.value = opened.id
      segments.opened(performance.now())
      isEnded.value = false
      isUncounted.value = false
      refusal.value = undefined
    } catch (cause) {
      const problem = Problem.from(cause)
      isUncounted.value = true
      refusal.value = problem.mayPass ? undefined : problem
    } finally {
      opening = undefined
    }
  }

  function stop() {
    keep(segments.end(state()))
    release()
  }

  function keep(record: WatchRecord | undefined) {
    if (!record) return
    watchedMs.value += record.to_ms - record.from_ms
    if (playback.value) void outbox.gather(`watch:${playback.value}`, record, evidenceOf(playback.value))
  }

  const evidenceOf = (playback_id: string) => ({
    thread,
    ...writing(
      'POST',
      '/api/v1/tasks/{task_id}/watch-evidence',
      { task_id: taskId },
      { playback_id, records: [] },
    ),
    label: label(),
    dropsRefused: true,
    refreshes: [
      ['task-board', 'task', taskId],
      ['task-board', 'week'],
    ],
  })

  function hear(item: OutboxItem) {
    const told =
      item.thread === thread ? (item.answer as Partial<Schema<'WatchedView'>> | undefined) : undefined
    const of = (item.body as Partial<Schema<'WatchEvidenceInput'>> | undefined)?.playback_id
    if (!told?.is_ended || of !== playback.value || !playback.value) return
    // What was played on until now is told, as evidence; whoever presses play again opens a playback of their own.
    keep(segments.end(state()))
    playback.value = undefined
    isEnded.value = true
    player?.pause()
  }
  watch(
    () => outbox.arrived,
    (items) => items.forEach(hear),
  )

  function release() {
    if (playback.value) void outbox.flushNow()
  }

  /** Audio mode is declared before: another mode is another playback. */
  function declare(audio: boolean) {
    const isPlaying = segments.isPlaying
    stop()
    isAudio.value = audio
    playback.value = undefined
    if (isPlaying) void begin()
  }

  const onHide = () => {
    keep(segments.move(state()))
    release()
  }
  document.addEventListener('visibilitychange', onHide)
  const timer = setInterval(release, SEND_EVERY)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onHide)
    clearInterval(timer)
    stop()
  })

  return { attach, declare, isAudio, isEnded, isUncounted, refusal, watchedMs }
}
