// Answers what the browser remembers under a name. A WebView may forbid it: then nothing is remembered, and everything else works.

export function stored(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function store(name: string, value: string | undefined) {
  try {
    if (value === undefined) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
  } catch {
    // See above.
  }
}

/** What was stored as JSON. */
export function recalled<Value>(name: string): Value | undefined {
  try {
    return (JSON.parse(stored(name) ?? 'null') as Value | null) ?? undefined
  } catch {
    return undefined
  }
}
