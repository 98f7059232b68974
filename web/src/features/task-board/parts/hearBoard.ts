// Answers what is asked again when staff have published, announced or corrected something.
import type { QueryClient } from '@tanstack/vue-query'
import { useChannel } from '@/shared/live/useChannel'

const KINDS = ['list_corrected', 'announcement_added']
/** All that shows a list. Not the addresses of videos: a new one would start the film anew. */
const SHOWN = ['week', 'task', 'announcements', 'class-lists', 'matrix', 'behind', 'wordings']

export function hearBoard(client: QueryClient, classId: () => string | null | undefined) {
  const refresh = () => {
    for (const shown of SHOWN) void client.invalidateQueries({ queryKey: ['task-board', shown] })
  }
  useChannel(
    () => {
      const id = classId()
      return id ? `class:${id}` : undefined
    },
    { onEvent: ({ kind }) => KINDS.includes(kind) && refresh(), onResync: refresh },
  )
}
