// Answers how pages follow the exchange areas of classes: each event becomes part of what they show.
import { useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { computed, effectScope, onScopeDispose, watch, type EffectScope } from 'vue'
import type { LiveEvent } from '@/shared/live/socket'
import { useChannel } from '@/shared/live/useChannel'
import { useSession } from '@/shared/session/session'
import { hear } from './heard'
import { exchangeKeys, isOfClass } from './queries'
import {
  listAfter,
  pageAfter,
  readEvent,
  topicIdOf,
  waitingAfter,
  type Topic,
  type TopicList,
  type TopicPage,
} from './state'

/** While nothing is heard, asking now and then takes its place. */
const ASK_EVERY = 30_000

/** Whether events are heard, and how often to ask while they are not: `useQuery({ …, refetchInterval })`. */
export function useLiveness() {
  const { isLive } = useChannel(undefined, {})
  return { isLive, refetchInterval: computed((): number | false => (isLive.value ? false : ASK_EVERY)) }
}

/** Whichever page is open, everything known of the class follows: going from page to page shows nothing old. */
export function useExchange(classIds: () => readonly string[]) {
  const client = useQueryClient()
  let ears: EffectScope | undefined

  watch(
    () => classIds().join(' '),
    () => {
      ears?.stop()
      ears = effectScope(true)
      ears.run(() => classIds().forEach((classId) => listen(client, classId)))
    },
    { immediate: true },
  )
  onScopeDispose(() => ears?.stop())
}

function listen(client: QueryClient, classId: string) {
  useChannel(`class:${classId}`, {
    onEvent: (event) => take(client, classId, event),
    onResync: () => {
      for (const queryKey of [
        exchangeKeys.topics(classId),
        exchangeKeys.unanswered(classId),
        exchangeKeys.everyTopic,
      ])
        void client.invalidateQueries({ queryKey })
    },
  })
}

function take(client: QueryClient, classId: string, heard: LiveEvent) {
  const event = readEvent(heard)
  if (!event) return
  hear(event)
  client.setQueryData<TopicPage>(
    exchangeKeys.topic(topicIdOf(event)),
    (page) => page && pageAfter(page, event),
  )
  // Whether what went was still to be read is the server's to say.
  if (event.kind === 'post_changed' && event.data.removed)
    void client.invalidateQueries({ queryKey: exchangeKeys.topics(classId) })
  if (!isOfClass(event, classId)) return
  client.setQueryData<Topic[]>(
    exchangeKeys.unanswered(classId),
    (waiting) => waiting && waitingAfter(waiting, event),
  )
  const key = exchangeKeys.topics(classId)
  const list = client.getQueryData<TopicList>(key)
  if (!list) return
  const after = listAfter(list, event, useSession().personId)
  if (after) client.setQueryData<TopicList>(key, after)
  else void client.invalidateQueries({ queryKey: key })
}
