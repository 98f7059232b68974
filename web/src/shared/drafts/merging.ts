// Answers how three versions of one form come together: what it began from, mine, and the newest. A field that only one side changed
// is that side's; only a field that both changed, each in another way, has to be asked about. A list is one field, and so is a text.

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
  if (all.every(isRecord) && all.every(({ kind }) => kind === all[0]?.kind))
    return fields(began, mine, theirs)
  return { mine, theirs, base: first as Part, isTaken: false, isAsked: true }
}

function decided<Part>(one: Part, base = one): Merged<Part> {
  return { mine: one, theirs: one, base, isTaken: false, isAsked: false }
}

function fields<Part>(began: readonly Part[], mine: Part, theirs: Part): Merged<Part> {
  const at = (whole: Part, name: string) => (whole as Record<string, unknown>)[name]
  const names = [...new Set([mine, theirs].flatMap((one) => Object.keys(one as object)))]
  const parts = names.map((name) => {
    const before = began.map((one) => at(one, name))
    return [name, field(before, at(mine, name), at(theirs, name))] as const
  })
  const whole = (side: 'mine' | 'theirs' | 'base') =>
    Object.fromEntries(
      parts.map(([name, part]) => [name, part[side]]).filter(([, value]) => value !== undefined),
    ) as Part
  return {
    mine: whole('mine'),
    theirs: whole('theirs'),
    base: whole('base'),
    isTaken: parts.some(([, { isTaken }]) => isTaken),
    isAsked: parts.some(([, { isAsked }]) => isAsked),
  }
}

function isRecord(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
}

/** The server trims a text, and names a row that it did not know; a row that is shown anew has another key. */
function same(one: unknown, other: unknown): boolean {
  if (typeof one === 'string' && typeof other === 'string') return one.trim() === other.trim()
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((part, at) => same(part, other[at]))
  if (!isRecord(one) || !isRecord(other)) return one === other
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  const isSame = (name: string) => (name === 'id' && !one.id) || same(one[name], other[name])
  return [...names].every((name) => name === 'key' || isSame(name))
}
