// Answers how a form lives: what is typed, whether it changed, sending it, and which input the server complained about.
import { computed, inject, onScopeDispose, reactive, ref, shallowRef } from 'vue'
import { matchedRouteKey, onBeforeRouteLeave } from 'vue-router'
import { actionKeys } from '@/shared/api/useAction'
import { Problem } from '@/shared/api/problem'
import { common } from '@/shared/i18n/common'
import { focusFirstFault } from '@/shared/lib/faults'
import { useConfirm } from '@/shared/ui/useConfirm'
import { faultsOf, useFaults, type Rows } from './useFaults'
import { useLeftForm } from './useLeftForm'

export interface FormOptions<Values extends object, Result> {
  values: () => Values
  /** Pass `headers` on to a POST: they hold the key of this press, kept while it is retried unchanged. */
  send: (values: Values, context: { headers: { 'Idempotency-Key': string } }) => Promise<Result>
  onDone?: (result: Result) => unknown
  /** Checks before sending: problems by pointer, for example `{ '/name': t('…') }`. */
  check?: (values: Values) => Record<string, string | undefined>
  /** Lists that the server calls otherwise, or of which it is sent only some rows: what is wrong with a row stays with it. */
  lists?: (values: Values) => Record<string, readonly object[]>
  /** Asks before leaving with unsent changes, and keeps them when the session ends. On by default; off where a draft is kept anyway. */
  guard?: boolean
}

/** `<form @submit.prevent="form.submit">`, inputs with `v-model="form.values.name" :problem="form.problemOf('/name')"`. */
export function useForm<Values extends object, Result>(options: FormOptions<Values, Result>) {
  const values = reactive(options.values()) as Values
  const kept = ref(JSON.stringify(values))
  const isBusy = ref(false)
  const problem = shallowRef<Problem>()
  const faults = useFaults(
    () => values,
    () => (problem.value = undefined),
    () => options.lists?.(values) ?? {},
  )
  const keys = actionKeys()
  const isDirty = computed(() => JSON.stringify(values) !== kept.value)

  async function submit(): Promise<Result | undefined> {
    if (isBusy.value) return undefined
    problem.value = undefined
    if (faults.tell(options.check?.(values) ?? {}) > 0) {
      focusFirstFault()
      return undefined
    }
    isBusy.value = true
    // What is typed while it is on its way has not been sent.
    const said = JSON.stringify(values)
    const rows = faults.rowsNow()
    try {
      const result = await options.send(values, { headers: { 'Idempotency-Key': keys.keyFor(values) } })
      keys.settle()
      kept.value = said
      left?.forget()
      await options.onDone?.(result)
      return result
    } catch (cause) {
      take(Problem.from(cause), rows)
      return undefined
    } finally {
      isBusy.value = false
    }
  }

  function take(next: Problem, rows?: Rows) {
    if (!next.mayPass) keys.settle()
    problem.value = next
    faults.tell(faultsOf(next), rows)
    focusFirstFault()
  }

  /** New starting values, for example when the server's answer has arrived. */
  function reset(next: Values = options.values()) {
    Object.assign(values, next)
    kept.value = JSON.stringify(values)
    problem.value = undefined
    faults.tell({})
  }

  const left =
    options.guard === false
      ? undefined
      : useLeftForm({
          read: () => JSON.stringify(values, withoutFiles),
          isDirty: () => isDirty.value,
          fill: (found) => void Object.assign(values, found),
        })
  if (options.guard !== false) guardAgainstLeaving(() => isDirty.value && !isBusy.value && !left?.isOver())

  return reactive({
    values,
    isBusy,
    isDirty,
    problem: computed(() => problem.value && faults.left(problem.value)),
    submit,
    reset,
    /** What another action of the page says about these inputs. */
    tell: (next: Problem) => take(next),
    /** The text beside one input; pointers nobody asks for stay visible in the ProblemNotice. */
    problemOf: faults.problemOf,
  })
}

/** A file is chosen anew. */
const withoutFiles = (_key: string, part: unknown) => (part instanceof Blob ? undefined : part)

function guardAgainstLeaving(mustAsk: () => boolean) {
  const { t } = common
  const confirm = useConfirm()
  const ask = async () =>
    !mustAsk() ||
    confirm({ title: t('leave.title'), text: t('leave.text'), action: t('leave.go'), danger: true })
  // A form in a dialog of the root is under no route.
  if (inject(matchedRouteKey, undefined)?.value) onBeforeRouteLeave(ask)
  const onUnload = (event: BeforeUnloadEvent) => {
    if (mustAsk()) event.preventDefault()
  }
  window.addEventListener('beforeunload', onUnload)
  onScopeDispose(() => window.removeEventListener('beforeunload', onUnload))
}
