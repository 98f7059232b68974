// Answers where a member of a class comes from. Most units are named after their county, and then it is not said twice.
import type { Schema } from '@/shared/api'

type Place = Pick<Schema<'ClassMemberView'>, 'county' | 'org_unit_name'>

export function placeOf({ county, org_unit_name: unit }: Place): string {
  const isNamed = Boolean(county && unit?.startsWith(county))
  return [isNamed ? '' : county, unit].filter(Boolean).join(' · ')
}
