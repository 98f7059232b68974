import { expect, test } from 'vitest'
import type { Feature } from '@/shared/feature'

const features = import.meta.glob<Feature>('../../features/*/routes.ts', { eager: true, import: 'default' })
const named = Object.entries(features).map(([path, feature]): [string, Feature] => [
  /features\/([^/]+)\//.exec(path)?.[1] ?? '',
  feature,
])
const routes = named.flatMap(([, feature]) => feature.routes)

test('no two pages share a name or an address', () => {
  const names = routes.map((route) => route.name)
  const addresses = routes.map((route) => `${route.place}/${route.path}`.replace(/:\w+/g, ':'))
  expect(names).toEqual([...new Set(names)])
  expect(addresses).toEqual([...new Set(addresses)])
})

test.each(named)(
  '%s names its pages after itself, and its entries lead to pages without parameters',
  (name, feature) => {
    for (const route of feature.routes) expect(route.name.split('.')[0]).toBe(name)
    for (const entry of feature.nav ?? []) {
      const target = routes.find((route) => route.name === entry.to)
      // A row of "me" may also lead to a public page that needs somebody signed in, such as an application.
      const elsewhere = entry.slot === 'me' && target?.place === 'public' && target.signedIn
      if (!elsewhere) expect(target?.place, entry.to).toBe(entry.place)
      expect(target?.path, entry.to).not.toContain(':')
    }
  },
)

test('a place has at most five entries on a phone’s bar', () => {
  for (const place of ['learn', 'teach']) {
    const entries = named
      .flatMap(([, feature]) => feature.nav ?? [])
      .filter((entry) => entry.place === place && entry.slot !== 'me')
    expect(entries.length, place).toBeLessThanOrEqual(place === 'learn' ? 5 : 6)
  }
})
