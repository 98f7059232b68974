// Answers what a paper in the editor is made of, and how its items are made, moved and taken from the bank.
import type { Schema } from '@/shared/api'
import { freshId } from '@/shared/lib/id'
import { ITEM_KINDS } from '../parts/itemKinds'

export type Paper = Schema<'TestPaperBody'>
export type Item = Schema<'ItemBody'>
/** `key` only tells rows of the editor apart; a new item has no id yet. */
export type EditedItem = Item & { key: string }
export type EditedPaper = Omit<Paper, 'items'> & { items: EditedItem[] }

const LETTERS = 'abcdefghijkl'

export function blankPaper(title: string): Paper {
  return {
    title,
    title_en: '',
    minutes: 15,
    attempts_allowed: 3,
    multiple_rule: 'all_or_nothing',
    show_answers: 'after_last',
    items: [],
  }
}

export function toEdit(paper: Paper): EditedPaper {
  return { ...paper, items: paper.items.map(edited) }
}

export function edited(item: Item): EditedItem {
  return {
    ...item,
    options: item.options.map((option) => ({ ...option })),
    right: [...item.right],
    key: item.id ?? freshId(),
  }
}

/** What goes to the server: an empty number field means no limit. */
export function toSend(paper: EditedPaper): Paper {
  const minutes = Number(paper.minutes)
  return {
    ...paper,
    minutes: minutes > 0 ? minutes : null,
    attempts_allowed: Number(paper.attempts_allowed),
    items: paper.items.map(bare),
  }
}

function bare(item: EditedItem): Item {
  const { id, version, kind, stem, options, right, explanation } = item
  return { id, version, kind, stem, options, right, explanation, points: Number(item.points) }
}

export function newItem(kind: Item['kind'], words: { yes: string; no: string }): EditedItem {
  return {
    key: freshId(),
    id: null,
    kind,
    stem: '',
    options: optionsOf(kind, words),
    right: [],
    explanation: '',
    points: 10,
  }
}

export function optionsOf(kind: Item['kind'], words: { yes: string; no: string }): Item['options'] {
  switch (ITEM_KINDS[kind].options) {
    case 'yes_no':
      return [
        { key: 'true', text: words.yes },
        { key: 'false', text: words.no },
      ]
    case 'own':
      return ['a', 'b', 'c', 'd'].map((key) => ({ key, text: '' }))
  }
}

/** Options and right answers stay as far as the new kind has a place for them. */
export function become(item: Item, kind: Item['kind'], words: { yes: string; no: string }): void {
  const sameOptions = ITEM_KINDS[kind].options === 'own' && ITEM_KINDS[item.kind].options === 'own'
  item.kind = kind
  if (!sameOptions) item.options = optionsOf(kind, words)
  const there = item.right.filter((key) => item.options.some((option) => option.key === key))
  item.right = ITEM_KINDS[kind].picks === 'several' && sameOptions ? there : there.slice(0, 1)
}

/** The first letter that no option has; none when there are twelve. */
export function nextKey(item: Item): string | undefined {
  return [...LETTERS].find((letter) => !item.options.some((option) => option.key === letter))
}

export function toggleRight(item: Item, key: string): void {
  if (ITEM_KINDS[item.kind].picks === 'one') item.right = [key]
  else
    item.right = item.right.includes(key)
      ? item.right.filter((each) => each !== key)
      : [...item.right, key].sort()
}

export function removeOption(item: Item, key: string): void {
  item.options = item.options.filter((option) => option.key !== key)
  item.right = item.right.filter((each) => each !== key)
}

export function move<T>(list: T[], at: number, by: number): T[] {
  const to = at + by
  if (to < 0 || to >= list.length) return list
  const moved = [...list]
  moved.splice(to, 0, ...moved.splice(at, 1))
  return moved
}

export function pointsOf(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + Number(item.points), 0)
}
