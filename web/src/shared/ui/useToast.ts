// Answers how a page says one short sentence that needs no answer.
import { shallowRef } from 'vue'

export interface Toast {
  id: number
  text: string
  tone: 'done' | 'problem'
}

const SHOWN_FOR = 5000

/** Singleton: the sentences of the one page, newest last. */
export const toasts = shallowRef<readonly Toast[]>([])
let last = 0

export function useToast() {
  return {
    done: (text: string) => show(text, 'done'),
    problem: (text: string) => show(text, 'problem'),
  }
}

export function dismissToast(id: number) {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

function show(text: string, tone: Toast['tone']) {
  const id = ++last
  toasts.value = [...toasts.value.slice(-2), { id, text, tone }]
  setTimeout(() => dismissToast(id), SHOWN_FOR)
}
