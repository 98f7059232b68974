// Draws one schema: its fields with their types, each type a way to its own schema.
import { make, makeTable } from './make.js'

const nameOf = (ref) => ref.split('/').pop()

const textOf = (value) => String(value ?? '')

export function drawSchema(name, schema) {
  const element = make('details', { id: `schema-${name}` }, [
    make('summary', {}, [
      make('code', { class: 'path' }, [name]),
      schema.description ? make('span', { class: 'words muted' }, [schema.description]) : undefined,
    ]),
    make('div', { class: 'body' }, [...body(schema, name)]),
  ])
  return { element, haystack: `schema ${name} ${textOf(schema.description)}`.toLowerCase() }
}

function body(schema, name) {
  const parts = schema.oneOf ?? schema.anyOf ?? schema.allOf
  const drawn = fields(schema, name)
  if (parts) {
    const title = schema.allOf ? 'All of' : 'One of'
    drawn.push(
      make('h3', {}, [title]),
      ...parts.map((part) =>
        make('div', { class: 'part' }, part.properties ? fields(part, name) : [drawType(part)]),
      ),
    )
  }
  return drawn.length > 0 ? drawn : [make('p', {}, [drawType(schema)])]
}

function fields(schema, name) {
  const rows = Object.entries(schema.properties ?? {}).map(([key, field]) =>
    make('tr', {}, [
      make('th', { scope: 'row' }, [make('code', {}, [key])]),
      make('td', {}, [schema.required?.includes(key) ? 'required' : 'optional']),
      make('td', {}, [drawType(field)]),
      make('td', {}, [textOf(field.description)]),
    ]),
  )
  if (rows.length === 0) return []
  return [makeTable(`Fields of ${name}`, rows)]
}

/** The type in a few words, with links to named schemas. */
export function drawType(schema) {
  const span = make('span', { class: 'type' })
  span.append(...words(schema))
  return span
}

function words(schema) {
  if (schema.$ref) {
    const name = nameOf(schema.$ref)
    return [make('a', { href: `#schema-${name}` }, [name])]
  }
  const parts = schema.oneOf ?? schema.anyOf ?? schema.allOf
  if (parts)
    return parts.flatMap((part, at) =>
      at === 0 ? words(part) : [schema.allOf ? ' and ' : ' or ', ...words(part)],
    )
  if (schema.enum) return [schema.enum.map((one) => JSON.stringify(one)).join(' | ')]
  if (schema.const !== undefined) return [JSON.stringify(schema.const)]
  if (schema.items) return ['list of ', ...words(schema.items)]
  if (typeof schema.additionalProperties === 'object')
    return ['map to ', ...words(schema.additionalProperties)]
  if (schema.pattern) return [`${schema.type} like `, make('code', {}, [schema.pattern])]
  const type = [schema.type ?? 'anything'].flat().join(' or ')
  return [schema.format && schema.type !== 'integer' ? `${type} (${schema.format})` : type]
}
