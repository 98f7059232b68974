// Answers how a person's account stands, in a word and a tone.
import { officeText } from '../messages'
import type { Person } from './queries'

export function personState(person: Pick<Person, 'activated' | 'disabled_at'>) {
  const { t } = officeText
  if (person.disabled_at !== null) return { tone: 'late', text: t('person.state.disabled') } as const
  if (!person.activated) return { tone: 'soon', text: t('person.state.waiting') } as const
  return { tone: 'done', text: t('person.state.active') } as const
}
