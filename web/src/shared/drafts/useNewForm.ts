// Answers how a form of a thing that does not exist yet lives: what is typed is kept on this device until the server has it, and a
// sending whose answer was lost goes again under its first key, also after the page was loaded anew.
import { computed, reactive, shallowRef } from 'vue'
import { Problem } from '@/shared/api/problem'
import { useForm, type FormOptions } from '@/shared/composables/useForm'
import { freshId } from '@/shared/lib/id'
import { beyond } from './texts'
import { typedWords } from '@/shared/outbox/typed'
import { useDraft } from '@/shared/outbox/useDraft'

export interface NewFormOptions<Values extends object, Answer> extends Omit<
  FormOptions<Values, Answer>,
  'guard'
> {
  /** The draft's name on this device, for example `announcement:cls_1`. */
  name: string
  /** What it is for, where the page's title does not say it. */
  label?: string
  /** What is sent with the values and is not typed, such as what they are about: with another one it is another action. */
  beside?: () => unknown
}

/** As `useForm`, with `ready` (what was kept is on the screen), `restored`, `isUnanswered`, `rival` and `settle`, and `discard`. */
export function useNewForm<Values extends object, Answer>(options: NewFormOptions<Values, Answer>) {
  /** The last try: its key, and what it said. */
  const tried = shallowRef<{ key: string; said: string }>()
  let said = ''
  const form = useForm<Values, Answer>({
    ...options,
    // What is typed is kept: nobody needs to be held back.
    guard: false,
    send: async (values) => {
      said = JSON.stringify(values)
      const whole = said + (JSON.stringify(options.beside?.()) ?? '')
      if (tried.value?.said !== whole) tried.value = { key: freshId(), said: whole }
      await draft.save()
      try {
        return await options.send(JSON.parse(said) as Values, {
          headers: { 'Idempotency-Key': tried.value.key },
        })
      } catch (cause) {
        // After an answer that will not change, the next press is a new action.
        if (!Problem.from(cause).mayPass) tried.value = undefined
        throw cause
      }
    },
    onDone: async (answer) => {
      tried.value = undefined
      if (JSON.stringify(form.values) === said) await draft.clear()
      else await draft.save()
      await options.onDone?.(answer)
    },
  })
  const kept = computed<{ values: Values; tried?: { key: string; said: string } }>({
    get: () => ({ values: form.values as Values, tried: tried.value }),
    set: (found) => {
      Object.assign(form.values as Values, found.values)
      tried.value = found.tried
    },
  })
  const draft = useDraft(options.name, kept, {
    isBlank: () => !form.isDirty,
    words: (one) => one.values,
    text: (one) => typedWords(one.values, options.values()),
    label: options.label,
    onSettled: (_, isMore) => {
      if (isMore) return
      tried.value = undefined
      form.reset()
    },
  })

  /** Begins anew, but for what was typed while the last one was sent. */
  function clearSent() {
    const sent = JSON.parse(said) as Values
    const begun = options.values()
    const now = form.values as Values
    const left = Object.entries(now).map(([name, value]: [string, unknown]) => {
      const before: unknown = sent[name as keyof Values]
      if (JSON.stringify(value) === JSON.stringify(before)) return [name, begun[name as keyof Values]]
      return [name, typeof value === 'string' && typeof before === 'string' ? beyond(value, before) : value]
    })
    form.reset(begun)
    Object.assign(now, Object.fromEntries(left))
  }

  /** The person gives up what they typed. */
  async function discard() {
    tried.value = undefined
    form.reset()
    await draft.clear()
  }

  return reactive({
    values: form.values,
    isBusy: computed(() => form.isBusy),
    isDirty: computed(() => form.isDirty),
    problem: computed(() => form.problem),
    submit: form.submit,
    reset: form.reset,
    clearSent,
    problemOf: form.problemOf,
    /** What was sent last may have arrived: no answer came. Whatever else changes the values, that try has to go again as it was. */
    isUnanswered: computed(() => tried.value !== undefined),
    ready: draft.ready,
    restored: draft.restored,
    /** What was written in another window of this device, where it is something else. */
    rival: computed(() => draft.rival.value?.values),
    settle: draft.settle,
    discard,
  })
}
