// Answers which classes I lead as assistant or expert; the chosen one is in the address.
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useSession } from '@/shared/session/session'

export function useLedClasses() {
  const session = useSession()
  const route = useRoute()
  const router = useRouter()
  const classes = computed(() => {
    const led = (session.me?.grants ?? []).filter(
      (grant) => grant.scope_kind === 'class' && (grant.role === 'assistant' || grant.role === 'expert'),
    )
    const named = new Map(led.map((grant) => [grant.scope_id ?? '', grant.scope_name ?? '']))
    return [...named].map(([value, label]) => ({ value, label }))
  })
  const classId = computed({
    get: () =>
      classes.value.find((one) => one.value === route.query.class)?.value ?? classes.value[0]?.value ?? '',
    set: (value: string) => void router.replace({ query: { ...route.query, class: value } }),
  })
  return { classes, classId }
}
