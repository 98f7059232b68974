// Shows the contract for reading: every operation with what it takes and what it answers.
const contract = await (await fetch('/api/openapi.json')).json()
const place = document.getElementById('operations')

function add(parent, name, text) {
  const made = document.createElement(name)
  if (text) made.textContent = text
  parent.append(made)
  return made
}

for (const [path, methods] of Object.entries(contract.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    const entry = add(place, 'details')
    add(entry, 'summary', `${method.toUpperCase()} ${path}`)
    if (operation.description) add(entry, 'p', operation.description)
    const { parameters, requestBody, responses } = operation
    add(entry, 'pre', JSON.stringify({ parameters, requestBody, responses }, null, 2))
  }
}
for (const [name, schema] of Object.entries(contract.components.schemas)) {
  const entry = add(place, 'details')
  add(entry, 'summary', name)
  add(entry, 'pre', JSON.stringify(schema, null, 2))
}
