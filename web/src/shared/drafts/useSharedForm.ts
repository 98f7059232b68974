// Answers how a form of a thing that several people edit lives: filled once, kept on the device while it is typed, sent over the
// version that it was filled with, and shown beside what somebody else saved meanwhile.
import { computed, reactive, watch } from 'vue'
import { useForm, type FormOptions } from '@/shared/composables/useForm'
import type { Held } from './serverDraft'
import { useServerDraft } from './useServerDraft'

export interface SharedFormOptions<Values extends object, Answer> extends Pick<
  FormOptions<Values, Answer>,
  'check' | 'lists'
> {
  /** The draft's name on this device, for example `plan:trn_1`. */
  name: string
  /** What it is for, where the page's title does not say it. */
  label?: string
  /** What the server holds, as a form; followed while nothing is typed here. */
  found: () => Held<Values>
  read: () => Promise<Answer>
  /** `ifMatch` goes as the header `If-Match`, `headers` with a POST: they hold the key of these values. */
  send: (values: Values, ifMatch: string, headers: { 'Idempotency-Key': string }) => Promise<Answer>
  heldIn: (answer: Answer) => Held<Values>
  onDone?: (answer: Answer) => unknown
  /** Where the form is one text: one that holds both. */
  join?: (mine: Values, theirs: Values) => Values
}

export function useSharedForm<Values extends object, Answer>(options: SharedFormOptions<Values, Answer>) {
  const first = options.found()
  const form = useForm<Values, unknown>({
    values: () => JSON.parse(JSON.stringify(first.value)) as Values,
    check: options.check,
    lists: options.lists,
    // What is typed is kept on the device: nobody needs to be held back.
    guard: false,
    send: async () => {
      if (await draft.save()) return
      // Two versions side by side, or what came in of others, are shown where the draft is: there is no second word to say.
      if (draft.state.value !== 'conflict' && draft.problem.value) throw draft.problem.value
    },
  })
  const value = computed<Values>({
    get: () => form.values as Values,
    set: (next) => form.reset(next),
  })
  const draft = useServerDraft<Values, Answer>({
    name: options.name,
    label: options.label,
    value,
    found: first,
    read: options.read,
    write: (values, version, headers) => options.send(values, `"v${version}"`, headers),
    heldIn: options.heldIn,
    join: options.join,
    onSaved: (answer) => void options.onDone?.(answer),
  })
  watch(options.found, (now) => draft.receive(now))

  return reactive({
    values: form.values,
    isBusy: computed(() => form.isBusy),
    isDirty: draft.isDirty,
    problem: computed(() => form.problem),
    submit: form.submit,
    tell: form.tell,
    problemOf: form.problemOf,
    /** For actions that must say what they were decided on, such as publishing. */
    version: draft.version,
    draft: draft.view,
    discard: draft.discard,
  })
}
