// Answers which words of somebody's this device keeps that nothing sends by itself: what they say, where they were written, and how they
// are given up. Also those whose page or dialog is there no more.
import { leftForms, type LeftForm } from '@/shared/composables/useLeftForm'
import { all, draftOf, keep, type Draft } from './db'
import { typedWords } from './typed'
import { covers, dropSeen, isOpen, newest, rowsOf, tell, within } from './windows'

export interface KeptWords {
  id: string
  /** What they are for, and the page's title; empty where neither is known. */
  label: string
  /** The address of the page where they were written. */
  page?: string
  text: string
  at: number
  /** Saved as soon as its page is open again; waiting there for a press; or taken by nothing any more. */
  way: 'saves' | 'stays' | 'over'
  drop: () => Promise<unknown>
}

/** The newest first. */
export async function keptWords(user: string): Promise<KeptWords[]> {
  const drafts = new Map<string, Draft[]>()
  for (const row of await all('drafts', user))
    drafts.set(draftOf(row), [...(drafts.get(draftOf(row)) ?? []), row])
  // What several windows have written side by side is several things.
  const kept = [...drafts.values()].flatMap((rows) => newest(rows).map((row) => ofDraft(user, row)))
  return [...kept, ...leftForms(user).map(ofForm)].sort((one, other) => other.at - one.at)
}

/**
 * Those that were written at this address, which shows their form no more: its page was refused. They stay to be read, and are not
 * counted among what waits.
 */
export async function strandedAt(user: string, path: string): Promise<KeptWords[]> {
  const isHere = (page = '') => page.split(/[?#]/)[0] === path
  const drafts = (await all('drafts', user)).filter((row) => isHere(row.shown?.page) && !isOpen(draftOf(row)))
  for (const row of drafts) await keep('drafts', { ...row, isStranded: true })
  const forms = leftForms(user).filter(({ page }) => isHere(page))
  const kept = [...newest(drafts).map((row) => ofDraft(user, row)), ...forms.map(ofForm)]
  return kept.filter(({ text }) => text.trim() !== '')
}

function ofDraft(user: string, row: Draft): KeptWords {
  const { label, title, page, savesItself, text = typedWords(row.value) } = row.shown ?? {}
  const seen = within(row)
  return {
    id: row.key,
    label: [label, title].filter(Boolean).join(' · '),
    page,
    text,
    at: row.at,
    way: row.isStranded ? 'over' : savesItself ? 'saves' : 'stays',
    drop: async () => {
      const key = draftOf(row)
      for (const one of await rowsOf(user, key)) if (covers(seen, within(one))) await dropSeen(one)
      // A page that shows it begins anew.
      tell({ key, window: '', kind: 'cleared', seen, words: '' })
    },
  }
}

function ofForm({ at, values, from, title, page, drop }: LeftForm): KeptWords {
  return {
    id: `${page} ${from}`,
    label: title,
    page,
    text: typedWords(JSON.parse(values), JSON.parse(from)),
    at,
    way: 'stays',
    drop: async () => drop(),
  }
}
