// What this feature asks the server, and how many notices wait.
import { queryOptions } from '@tanstack/vue-query'
import { ref, toValue, type MaybeRefOrGetter } from 'vue'
import { api, call } from '@/shared/api'

export const noticeQueries = {
  all: ['notification'],
  page: (after: MaybeRefOrGetter<string | undefined>) =>
    queryOptions({
      queryKey: ['notification', 'notices', after],
      queryFn: () =>
        call(api.GET('/api/v1/notices', { params: { query: { after: toValue(after), limit: 30 } } })),
      meta: { keep: true },
    }),
}

const unread = ref(0)
let isWatched = false

/** Singleton: the number beside the bell. It is followed from the first time somebody shows it, after the page has been drawn. */
export function unreadNotices(): number {
  if (!isWatched) {
    isWatched = true
    setTimeout(() => {
      import('./watchUnread').then(
        ({ watchUnread }) => watchUnread(unread),
        // Offline the number stays away; the next page that shows it tries again.
        () => (isWatched = false),
      )
    })
  }
  return unread.value
}
