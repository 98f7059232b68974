// Answers whether somebody may be signed out now: they are asked, with what becomes of each thing that they wrote and the server has not.
import { draftText } from '@/shared/drafts/words'
import { common } from '@/shared/i18n/common'
import { listedSome } from '@/shared/i18n/listed'
import { all } from '@/shared/outbox/db'
import { keptWords } from '@/shared/outbox/keptWords'
import { isListOpen } from '@/shared/outbox/shown'
import { useConfirm } from '@/shared/ui/useConfirm'

const MOST_NAMES = 4

/** What happens to the things of one kind, and what each is called. */
type Left = [what: 'sends' | 'refused' | 'saves' | 'stays', names: string[]]

/** `question` is asked in any case. */
export async function mayLeave(
  personId: string | undefined,
  question?: { title: string; text: string },
): Promise<boolean> {
  const { t } = draftText
  const left = personId ? await leftBehind(personId) : []
  const n = left.reduce((sum, [, names]) => sum + names.length, 0)
  if (n === 0 && !question) return true
  return useConfirm()({
    title: question?.title ?? t('leave.title', { n }),
    text: [question?.text, n > 0 ? t('leave.text') : ''].filter(Boolean).join(' '),
    points: left.map(([what, names]) => t(`leave.${what}`, { n: names.length, names: listedNames(names) })),
    instead: n > 0 ? { action: t('leave.look'), act: () => (isListOpen.value = true) } : undefined,
    action: common.t('signOut'),
    danger: true,
  })
}

async function leftBehind(personId: string): Promise<Left[]> {
  const outbox = await all('outbox', personId)
  const gathered = new Map((await all('gathered', personId)).map(({ name, into }) => [name, into.label]))
  const kept = await keptWords(personId)
  const called = (way: 'saves' | 'stays') =>
    kept.filter((one) => one.way === way).map(({ label }) => label || draftText.t('waiting.unnamed'))
  const inState = (state: 'waiting' | 'failed') =>
    outbox.filter((item) => item.state === state).map(({ label }) => label)
  const left: Left[] = [
    ['sends', [...inState('waiting'), ...gathered.values()]],
    ['refused', inState('failed')],
    ['saves', called('saves')],
    ['stays', called('stays')],
  ]
  return left.filter(([, names]) => names.length > 0)
}

function listedNames(names: readonly string[]): string {
  const different = [...new Set(names)]
  const some = listedSome(different.slice(0, MOST_NAMES))
  return different.length > MOST_NAMES ? draftText.t('leave.more', { names: some }) : some
}
