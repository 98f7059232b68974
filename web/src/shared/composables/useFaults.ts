// Answers what is wrong with which field, until somebody changes that field: what was mended is no longer marked as wrong. What is wrong
// with a row of a list stays with that row, wherever it is moved, and goes with it.
import { computed, ref, toRaw, watch } from 'vue'
import { Problem } from '@/shared/api/problem'

interface Fault {
  /** Where it was when it was told. */
  pointer: string
  text: string
  /** The innermost row that it is about; undefined for what stands in no list. */
  row: object | undefined
  /** Below the row, for example `/title`. */
  field: string
  /** What the field said when it was found wrong. */
  said: string
}

/** Where each row of a form stands, by its pointer. */
export type Rows = ReadonlyMap<string, object>

/**
 * Problems by pointer, for example `/name` or `/items/0/title`; one that names no part of `values`, or of its row, goes with any change
 * of these. `lists` are those that the server calls otherwise than the form, or of which it was sent only some rows.
 */
export function useFaults(
  values: () => object,
  onMended?: () => void,
  lists?: () => Record<string, readonly object[]>,
) {
  const faults = ref<Fault[]>([])
  const marks = computed(() => {
    if (faults.value.length === 0) return new Map<string, string>()
    const places: [string, object | undefined][] = [['', undefined], ...rowsNow()]
    return new Map(
      faults.value.flatMap((fault) =>
        places
          .filter(([, row]) => row === toRaw(fault.row))
          .map(([pointer]) => [`${pointer}${fault.field}`, fault.text] as const),
      ),
    )
  })

  /** `rows` as they stood when it was sent. */
  function tell(problems: Record<string, string | undefined>, rows: Rows = rowsNow()) {
    faults.value = Object.entries(problems).flatMap(([pointer, text]) => {
      if (text === undefined) return []
      const at = [...rows.keys()].filter((one) => `${pointer}/`.startsWith(`${one}/`)).pop()
      const row = at === undefined ? undefined : rows.get(at)
      const field = pointer.slice(at?.length ?? 0)
      return [{ pointer, text, row, field, said: saidAt(row, field) }]
    })
    return faults.value.length
  }

  watch(
    values,
    () => {
      const before = faults.value
      if (before.length === 0) return
      const there = new Set(rowsNow().values())
      const left = before.filter(
        ({ row, field, said }) => (!row || there.has(toRaw(row))) && saidAt(row, field) === said,
      )
      if (left.length === before.length) return
      faults.value = left
      if (left.length === 0) onMended?.()
    },
    { deep: true },
  )

  function saidAt(row: object | undefined, field: string): string {
    const whole = row ?? values()
    let part: unknown = whole
    for (const name of field.split('/').slice(1)) {
      if (typeof part !== 'object' || part === null || !(name in part)) return JSON.stringify(whole)
      part = (part as Record<string, unknown>)[name]
    }
    return JSON.stringify(part) ?? ''
  }

  /** A row stands below those that it is part of. */
  function rowsNow(): Rows {
    const found = new Map<string, object>()
    const look = (part: unknown, pointer: string) => {
      if (typeof part !== 'object' || part === null) return
      for (const [name, inner] of Object.entries(part as Record<string, unknown>)) {
        const at = `${pointer}/${name}`
        if (Array.isArray(part) && typeof inner === 'object' && inner !== null) found.set(at, toRaw(inner))
        look(inner, at)
      }
    }
    look({ ...values(), ...lists?.() }, '')
    return found
  }

  /** What a problem says of fields, as far as these are still wrong: a summary says no more than the fields themselves. */
  function left(problem: Problem): Problem {
    const pointers = new Set(faults.value.map(({ pointer }) => pointer))
    const errors = problem.errors.filter(({ pointer }) => pointers.has(pointer))
    if (errors.length === 0 || errors.length === problem.errors.length) return problem
    const less = new Problem({ ...problem.document, errors })
    less.whole = problem
    return less
  }

  return {
    tell,
    rowsNow,
    left,
    problemOf: (pointer: string): string | undefined => marks.value.get(pointer),
  }
}

/** What the server says is wrong, by pointer. */
export function faultsOf(problem: Problem): Record<string, string> {
  return Object.fromEntries(problem.errors.map(({ pointer, detail }) => [pointer, detail]))
}
