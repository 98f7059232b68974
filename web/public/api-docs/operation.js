// Draws one operation: its verb and path, who may ask, what it takes and what it answers.
import { make, makeTable } from './make.js'
import { drawType } from './schema.js'

export function drawOperation(path, method, operation) {
  const who = operation.security ? 'signed in' : 'anybody'
  const summary = make('summary', {}, [
    make('span', { class: `verb ${method}` }, [method.toUpperCase()]),
    make('code', { class: 'path' }, [path]),
    make('span', { class: operation.security ? 'who' : 'who open' }, [who]),
    operation.summary ? make('span', { class: 'words muted' }, [operation.summary]) : undefined,
  ])
  const element = make('details', { id: operation.operationId ?? `${method} ${path}` }, [
    summary,
    make('div', { class: 'body' }, [
      operation.description ? make('p', {}, [operation.description]) : undefined,
      ...parameters(operation.parameters ?? [], `${method} ${path}`),
      ...content('Takes', operation.requestBody?.content),
      ...answers(operation.responses ?? {}),
    ]),
  ])
  const { summary: said, operationId, requestBody, responses } = operation
  const names = JSON.stringify([requestBody, responses]).match(/schemas\/\w+/g) ?? []
  return { element, haystack: [method, path, said, operationId, who, ...names].join(' ').toLowerCase() }
}

function parameters(list, name) {
  if (list.length === 0) return []
  const rows = list.map((one) =>
    make('tr', {}, [
      make('th', { scope: 'row' }, [make('code', {}, [one.name])]),
      make('td', {}, [one.in + (one.required ? ', required' : '')]),
      make('td', {}, [drawType(one.schema ?? {})]),
      make('td', {}, [one.description ?? '']),
    ]),
  )
  return [make('h3', {}, ['Parameters']), makeTable(`Parameters of ${name}`, rows)]
}

function content(title, byType) {
  if (!byType) return []
  const lines = Object.entries(byType).map(([type, { schema }]) =>
    make('li', {}, [drawType(schema ?? {}), ' ', make('span', { class: 'muted' }, [type])]),
  )
  return [make('h3', {}, [title]), make('ul', {}, lines)]
}

function answers(responses) {
  const lines = Object.entries(responses).map(([status, response]) => {
    const types = Object.entries(response.content ?? {})
    const drawn = types.flatMap(([type, { schema }]) => [
      drawType(schema ?? {}),
      make('span', { class: 'muted' }, [` ${type}`]),
    ])
    const title = status === 'default' ? 'otherwise' : status
    const said = response.description ? ` ${response.description} ` : ' '
    return make('li', {}, [make('strong', {}, [title]), said, ...drawn])
  })
  return lines.length === 0 ? [] : [make('h3', {}, ['Answers']), make('ul', {}, lines)]
}
