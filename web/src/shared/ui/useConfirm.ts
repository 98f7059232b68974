// Answers how a page asks before something that cannot be undone: `if (await confirm({ title, text, action })) …`.
import { shallowRef } from 'vue'

export interface Question {
  title: string
  text?: string
  /** What follows from it, one by one. */
  points?: readonly string[]
  /** Another way than yes or no. */
  instead?: { action: string; act: () => unknown }
  /** The word on the button that does it: "Publish", never "OK". */
  action: string
  danger?: boolean
}

/** Singleton: the one question on the page. */
export const asked = shallowRef<(Question & { answer: (yes: boolean) => void }) | undefined>()

export function useConfirm() {
  return (question: Question): Promise<boolean> => {
    asked.value?.answer(false)
    return new Promise((resolve) => {
      asked.value = {
        ...question,
        answer: (yes) => {
          asked.value = undefined
          resolve(yes)
        },
      }
    })
  }
}
