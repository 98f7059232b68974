// Answers in which dialog a part stands: what it opens must open there, as nothing of the page lies above a modal dialog.
import { inject, type InjectionKey, type Ref } from 'vue'

export interface DialogAround {
  element: Readonly<Ref<HTMLDialogElement | null>>
  /** Something was chosen that the browser itself does not tell of. */
  touch: (part: Element | null) => void
  /** What was typed in it has been sent or given up. */
  close: () => void
}

export const dialogKey: InjectionKey<DialogAround> = Symbol('dialog')

export function useDialogAround(): DialogAround | undefined {
  return inject(dialogKey, undefined)
}
