// Answers until when a page says what went wrong with an action beside a form: what was said of it is old once the form is sent.
import { watch } from 'vue'

/** `forgetOnSubmit(form, publish)`: also when the form is saved well, and the action was refused before. */
export function forgetOnSubmit(form: { readonly isBusy: boolean }, ...actions: { reset: () => void }[]) {
  watch(
    () => form.isBusy,
    (isBusy) => {
      if (isBusy) actions.forEach((action) => action.reset())
    },
  )
}
