// What the desks of people, units, roles and rosters ask the server.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api, call, type Schema } from '@/shared/api'
import type { Role } from '@/shared/feature'

export interface PeopleFilter {
  name?: string
  unit?: string
  after?: string
}

interface RosterRowsFilter {
  only_wrong: boolean
  only_to_confirm: boolean
  only_hidden: boolean
  after?: string
}

export const peopleQueries = {
  all: ['identity', 'people'],
  page: (filter: MaybeRefOrGetter<PeopleFilter>) =>
    queryOptions({
      queryKey: ['identity', 'people', 'page', filter],
      queryFn: () => {
        const { name, unit, after } = toValue(filter)
        const query = { name: name || undefined, org_unit_id: unit, after }
        return call(api.GET('/api/v1/people', { params: { query } }))
      },
      placeholderData: keepPreviousData,
    }),
  one: (personId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['identity', 'people', 'one', personId],
      queryFn: () =>
        call(api.GET('/api/v1/people/{person_id}', { params: { path: { person_id: toValue(personId) } } })),
    }),
  grants: (personId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['identity', 'people', 'grants', personId],
      queryFn: () =>
        call(
          api.GET('/api/v1/people/{person_id}/grants', {
            params: { path: { person_id: toValue(personId) } },
          }),
        ),
    }),
}

export const unitQueries = {
  all: ['identity', 'org-units'],
  /** The units below one; without it, the top of what the signed-in person oversees. */
  below: (parent: MaybeRefOrGetter<string | undefined>) =>
    queryOptions({
      queryKey: ['identity', 'org-units', 'below', parent],
      queryFn: () => call(api.GET('/api/v1/org-units', { params: { query: { parent: toValue(parent) } } })),
    }),
  named: (name: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['identity', 'org-units', 'named', name],
      queryFn: () => call(api.GET('/api/v1/org-units', { params: { query: { name: toValue(name) } } })),
      enabled: () => toValue(name).trim() !== '',
      placeholderData: keepPreviousData,
    }),
  one: (unitId: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['identity', 'org-units', 'one', unitId],
      queryFn: () =>
        call(
          api.GET('/api/v1/org-units/{org_unit_id}', { params: { path: { org_unit_id: toValue(unitId) } } }),
        ),
    }),
}

export const grantQueries = {
  all: ['identity', 'grants'],
  page: (filter: MaybeRefOrGetter<{ role?: Role; after?: string }>) =>
    queryOptions({
      queryKey: ['identity', 'grants', filter],
      queryFn: () => call(api.GET('/api/v1/grants', { params: { query: toValue(filter) } })),
      placeholderData: keepPreviousData,
    }),
}

export const rosterQueries = {
  all: ['identity', 'rosters'],
  page: (after: MaybeRefOrGetter<string | undefined>) =>
    queryOptions({
      queryKey: ['identity', 'rosters', 'page', after],
      queryFn: () =>
        call(api.GET('/api/v1/roster-imports', { params: { query: { limit: 20, after: toValue(after) } } })),
      placeholderData: keepPreviousData,
    }),
  one: (id: MaybeRefOrGetter<string>) =>
    queryOptions({
      queryKey: ['identity', 'rosters', 'one', id],
      queryFn: () =>
        call(
          api.GET('/api/v1/roster-imports/{roster_import_id}', {
            params: { path: { roster_import_id: toValue(id) } },
          }),
        ),
    }),
  /** The units that a roster would make, behind those that it names itself. */
  newUnits: (id: MaybeRefOrGetter<string>, named: number, enabled: () => boolean) =>
    infiniteQueryOptions({
      queryKey: ['identity', 'rosters', 'new-units', id, named],
      queryFn: ({ pageParam }) =>
        call(
          api.GET('/api/v1/roster-imports/{roster_import_id}/new-units', {
            params: { path: { roster_import_id: toValue(id) }, query: { limit: 100, after: pageParam } },
          }),
        ),
      initialPageParam: String(named),
      getNextPageParam: (page) => page.next ?? undefined,
      enabled,
    }),
  rows: (id: MaybeRefOrGetter<string>, filter: MaybeRefOrGetter<RosterRowsFilter>) =>
    queryOptions({
      queryKey: ['identity', 'rosters', 'rows', id, filter],
      queryFn: () =>
        call(
          api.GET('/api/v1/roster-imports/{roster_import_id}/rows', {
            params: { path: { roster_import_id: toValue(id) }, query: toValue(filter) },
          }),
        ),
      placeholderData: keepPreviousData,
    }),
}

export type Person = Schema<'PersonView'>
export type PersonDetail = Schema<'PersonDetailView'>
export type OrgUnit = Schema<'OrgUnitView'>
export type Grant = Schema<'GrantView'>
export type RosterImport = Schema<'RosterImportView'>
export type RosterRow = Schema<'RosterRowView'>
