// Makes elements for the reader; text stays text.
export function make(name, attributes = {}, children = []) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children.filter((child) => child !== undefined))
  return made
}

/** A wide table scrolls by itself, with the keyboard too. */
export function makeTable(label, rows) {
  const table = make('table', {}, [make('tbody', {}, rows)])
  return make('div', { class: 'wide', role: 'region', tabindex: '0', 'aria-label': label }, [table])
}
