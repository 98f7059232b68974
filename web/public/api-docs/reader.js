// Shows the contract for reading: every operation under its area, every schema, and a search over both.
import { make } from './make.js'
import { drawOperation } from './operation.js'
import { drawSchema } from './schema.js'

const AREAS = {
  identity: 'People, units and signing in',
  'training-plan': 'Trainings, plans and staff',
  'gate-admission': 'Recruitment and admission',
  'class-allocation': 'Classes and charters',
  'course-library': 'Micro-videos and library',
  'task-board': 'Task lists and tasks',
  assessment: 'Tests, grading and results',
  forum: 'Exchange area',
  live: 'Live events',
  notification: 'Notices',
  'certificate-issuer': 'Certificates and credits',
}

const place = document.getElementById('operations')
const entries = []

/** One heading with its entries, and a way to it. */
function addArea(id, title, drawn) {
  const section = make('section', { id }, [make('h2', {}, [title]), ...drawn.map(({ element }) => element)])
  const way = make('li', {}, [
    make('a', { href: `#${id}` }, [title, make('span', { class: 'count' }, [String(drawn.length)])]),
  ])
  place.append(section)
  document.getElementById('areas').append(way)
  entries.push(...drawn.map((entry) => ({ ...entry, section, way })))
}

function operationsOf(contract) {
  const byArea = new Map(Object.keys(AREAS).map((area) => [area, []]))
  for (const [path, methods] of Object.entries(contract.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const area = (operation.tags ?? []).find((tag) => tag !== 'public') ?? 'public'
      byArea.set(area, [...(byArea.get(area) ?? []), drawOperation(path, method, operation)])
    }
  }
  return byArea
}

function show(contract) {
  const byArea = operationsOf(contract)
  for (const [area, drawn] of byArea) if (drawn.length > 0) addArea(area, AREAS[area] ?? area, drawn)
  const operations = entries.length
  const schemas = Object.entries(contract.components.schemas)
  addArea(
    'schemas',
    'Schemas',
    schemas.map(([name, schema]) => drawSchema(name, schema)),
  )
  document.getElementById('size').textContent = `${operations} operations, ${schemas.length} schemas.`
}

/** Every word must occur; areas without a hit step back. */
function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  let hits = 0
  for (const { element, haystack } of entries) {
    element.hidden = !words.every((word) => haystack.includes(word))
    if (!element.hidden) hits += 1
  }
  for (const { section, way } of entries) {
    section.hidden = section.querySelector(':scope > details:not([hidden])') === null
    way.hidden = section.hidden
  }
  document.getElementById('found').textContent =
    words.length === 0 ? '' : hits === 0 ? 'Nothing found. Try fewer words.' : `${hits} found`
}

/** A link to one operation or schema opens it. */
function openLinked() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!target) return
  if (target.hidden) {
    wanted.value = ''
    search('')
  }
  if (target.tagName === 'DETAILS') target.open = true
  target.scrollIntoView()
}

const wanted = document.getElementById('wanted')
try {
  const answer = await fetch('/api/openapi.json')
  if (!answer.ok) throw new Error(String(answer.status))
  show(await answer.json())
  wanted.addEventListener('input', () => search(wanted.value))
  window.addEventListener('hashchange', openLinked)
  openLinked()
} catch {
  document.getElementById('size').textContent = ''
  place.append(
    make('p', { role: 'alert' }, ['The contract could not be read. Reload the page to try again.']),
  )
}
