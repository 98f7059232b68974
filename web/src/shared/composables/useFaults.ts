// Answers what is wrong with which field, until somebody changes that field: what was mended is no longer marked as wrong.
import { ref, watch } from 'vue'

interface Fault {
  text: string
  /** What the field said when it was found wrong. */
  said: string
}

/** Problems by pointer, for example `/name`; one that names no part of `values` goes with any change. */
export function useFaults(values: () => unknown, onMended?: () => void) {
  const faults = ref<Record<string, Fault>>({})

  function tell(problems: Record<string, string | undefined>) {
    faults.value = Object.fromEntries(
      Object.entries(problems).flatMap(([pointer, text]) =>
        text === undefined ? [] : [[pointer, { text, said: saidAt(pointer) }]],
      ),
    )
    return Object.keys(faults.value).length
  }

  watch(
    values,
    () => {
      const before = Object.entries(faults.value)
      const left = before.filter(([pointer, { said }]) => saidAt(pointer) === said)
      if (left.length === before.length) return
      faults.value = Object.fromEntries(left)
      if (left.length === 0) onMended?.()
    },
    { deep: true },
  )

  function saidAt(pointer: string): string {
    const whole = values()
    let part: unknown = whole
    for (const name of pointer.split('/').slice(1)) {
      if (typeof part !== 'object' || part === null || !(name in part)) return JSON.stringify(whole)
      part = (part as Record<string, unknown>)[name]
    }
    return JSON.stringify(part) ?? ''
  }

  return { tell, problemOf: (pointer: string): string | undefined => faults.value[pointer]?.text }
}
