// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** Text on its ground, as components use them. */
const words: [string, string][] = [
  ...['paper', 'surface', 'celadon-wash', 'amber-wash', 'vermilion-wash', 'blue-wash', 'line'].map(
    (ground): [string, string] => ['ink', ground],
  ),
  ...['paper', 'surface', 'celadon-wash', 'line'].map((ground): [string, string] => ['ink-muted', ground]),
  ...['paper', 'surface', 'celadon-wash'].map((ground): [string, string] => ['celadon', ground]),
  ...['paper', 'surface', 'amber-wash'].map((ground): [string, string] => ['amber', ground]),
  ...['paper', 'surface', 'vermilion-wash'].map((ground): [string, string] => ['vermilion', ground]),
  ...['paper', 'surface', 'blue-wash'].map((ground): [string, string] => ['blue', ground]),
  ['on-celadon', 'celadon'],
  ['on-celadon', 'celadon-strong'],
  ['on-vermilion', 'vermilion'],
  ['on-vermilion', 'vermilion-strong'],
  ['paper', 'ink'],
]

/** Edges of controls and the focus ring must be seen, not read. */
const shapes: [string, string][] = [
  ['edge', 'paper'],
  ['edge', 'surface'],
  ['celadon', 'paper'],
  ['celadon', 'surface'],
]

const light = tokensOf(/^:root \{([^}]*)\}/m)
const schemes = {
  light,
  'dark by the system': { ...light, ...tokensOf(/:root:not\(\[data-scheme='light'\]\) \{([^}]*)\}/) },
  'dark by choice': { ...light, ...tokensOf(/:root\[data-scheme='dark'\] \{([^}]*)\}/) },
}

describe.each(Object.entries(schemes))('%s', (_name, tokens) => {
  test.each(words)('%s can be read on %s', (text, ground) => {
    expect(contrast(tokens[text], tokens[ground])).toBeGreaterThanOrEqual(4.5)
  })
  test.each(shapes)('%s can be seen on %s', (shape, ground) => {
    expect(contrast(tokens[shape], tokens[ground])).toBeGreaterThanOrEqual(3)
  })
})

test('both ways to the dark scheme lead to the same colours', () => {
  expect(schemes['dark by choice']).toEqual(schemes['dark by the system'])
})

function tokensOf(block: RegExp): Record<string, string> {
  const text = block.exec(css)?.[1] ?? ''
  return Object.fromEntries(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]] as [string, string]),
  )
}

function contrast(one: string | undefined, other: string | undefined): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

/** WCAG 2 relative luminance. */
function luminance(colour = ''): number {
  const channel = (at: number) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
