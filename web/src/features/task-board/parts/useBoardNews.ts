// Answers how a page follows what staff do with the weeks of its class while it is open. The socket comes after the page: it weighs
// nothing on the first load, and a page that opens offline does without it.
import { useQueryClient } from '@tanstack/vue-query'
import { getCurrentScope } from 'vue'

export function useBoardNews(classId: () => string | null | undefined) {
  const client = useQueryClient()
  const scope = getCurrentScope()
  void import('./hearBoard').then(
    ({ hearBoard }) => scope?.active && scope.run(() => hearBoard(client, classId)),
    () => undefined,
  )
}
