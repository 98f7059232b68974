// Answers when a desk shows what colleagues have done: whenever its window is clicked in, also where it stood beside another one and
// was never hidden, everything on the page is asked for again, however young it is.
import { useQueryClient } from '@tanstack/vue-query'
import { onScopeDispose } from 'vue'

export function useFreshDesk() {
  const client = useQueryClient()
  // What is on its way is awaited.
  const ask = () => void client.refetchQueries({ type: 'active' }, { cancelRefetch: false })
  window.addEventListener('focus', ask)
  onScopeDispose(() => window.removeEventListener('focus', ask))
}
