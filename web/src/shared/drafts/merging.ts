// Answers how three versions of one form come together: what it began from, mine, and the newest. A field that only one side changed
// is that side's; only a field that both changed, each in another way, has to be asked about. A text is one field, and so is a list, unless
// its rows are the same ones on all sides.

export interface Merged<Value> {
  /** Mine, with all that only the others changed. */
  mine: Value
  /** The others', with all that only I changed. */
  theirs: Value
  /** What both began from, with the others' where nothing has to be asked: mine differs from it by what I changed. */
  base: Value
  /** Something of the others' has come into mine. */
  isTaken: boolean
  /** `mine` and `theirs` still differ. */
  isAsked: boolean
}

/** What is no form of fields has nothing to be merged. `began` are the versions of ours that the others may have written over. */
export function merged<Value>(
  began: readonly Value[],
  mine: Value,
  theirs: Value,
): Merged<Value> | undefined {
  return [...began, mine, theirs].every(isRecord) ? field(began, mine, theirs) : undefined
}

function field<Part>(began: readonly Part[], mine: Part, theirs: Part): Merged<Part> {
  const [first] = began
  if (same(mine, theirs)) return decided(theirs)
  if (began.some((one) => same(one, theirs))) return decided(mine, theirs)
  if (same(first, mine)) return { ...decided(theirs), isTaken: true }
  const all: unknown[] = [...began, mine, theirs]
  // Where the kind is another one, its fields mean something else.
  const isOfOneKind = all.every(isRecord) && all.every(({ kind }) => kind === all[0]?.kind)
  if (isOfOneKind || haveSameRows(all)) return parts(began, mine, theirs)
  return { mine, theirs, base: first as Part, isTaken: false, isAsked: true }
}

function decided<Part>(one: Part, base = one): Merged<Part> {
  return { mine: one, theirs: one, base, isTaken: false, isAsked: false }
}

/** The fields of a form, or the rows of a list. */
function parts<Part>(began: readonly Part[], mine: Part, theirs: Part): Merged<Part> {
  const at = (whole: Part, name: string) => (whole as Record<string, unknown>)[name]
  const names = [...new Set([mine, theirs].flatMap((one) => Object.keys(one as object)))]
  const found = names.map((name) => {
    const before = began.map((one) => at(one, name))
    return [name, field(before, at(mine, name), at(theirs, name))] as const
  })
  const whole = (side: 'mine' | 'theirs' | 'base') => {
    const values = found.map(([name, part]) => [name, part[side]] as const)
    const given = values.filter(([, value]) => value !== undefined)
    return (Array.isArray(mine) ? values.map(([, value]) => value) : Object.fromEntries(given)) as Part
  }
  return {
    mine: whole('mine'),
    theirs: whole('theirs'),
    base: whole('base'),
    isTaken: found.some(([, { isTaken }]) => isTaken),
    isAsked: found.some(([, { isAsked }]) => isAsked),
  }
}

/** None was added, removed or moved. */
function haveSameRows(lists: readonly unknown[]): boolean {
  const [first, ...others] = lists.map(namesOf)
  return first !== undefined && others.every((names) => names?.join() === first.join())
}

/** By what each row is known, where every row is known by something of its own. */
function namesOf(list: unknown): string[] | undefined {
  if (!Array.isArray(list) || !list.every(isRecord)) return undefined
  const names = list.map(({ id, kind }) => id ?? kind).filter((name) => typeof name === 'string')
  return names.length === list.length && new Set(names).size === names.length ? names : undefined
}

function isRecord(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
}

/** An input gives a number as a text. */
function isTyped(part: unknown): part is string | number {
  return typeof part === 'string' || typeof part === 'number'
}

/** The server trims a text, and names a row that it did not know; a row that is shown anew has another key. */
function same(one: unknown, other: unknown): boolean {
  if (isTyped(one) && isTyped(other)) return String(one).trim() === String(other).trim()
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((part, at) => same(part, other[at]))
  if (!isRecord(one) || !isRecord(other)) return one === other
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  const isSame = (name: string) => (name === 'id' && !one.id) || same(one[name], other[name])
  return [...names].every((name) => name === 'key' || isSame(name))
}
