// Answers where a role holds, in words, and how one is taken away.
import { api, call } from '@/shared/api'
import { useAction } from '@/shared/api/useAction'
import { useNewest } from '@/shared/decision/useAsRead'
import { useConfirm } from '@/shared/ui/useConfirm'
import { useToast } from '@/shared/ui/useToast'
import { officeText } from '../messages'
import { grantQueries, peopleQueries, type Grant } from './queries'

const { t } = officeText

export function scopeText(grant: Pick<Grant, 'scope_kind' | 'scope_name'>): string {
  if (grant.scope_name) return grant.scope_name
  return grant.scope_kind === 'org_unit' ? '' : t(`grants.scope.${grant.scope_kind}`)
}

/** Roles in trainings and classes end where they began: in the training. */
export function isTakenHere(grant: Pick<Grant, 'scope_kind'>): boolean {
  return grant.scope_kind === 'org_unit' || grant.scope_kind === 'system'
}

export function useTakeGrant() {
  const toast = useToast()
  const confirm = useConfirm()
  // Taken already: whoever looks at it sees it gone, and why nothing else happened.
  const newest = useNewest(['identity'], [404, 412])
  const take = useAction({
    run: (id: string) =>
      newest.decide(() =>
        call(api.DELETE('/api/v1/grants/{grant_id}', { params: { path: { grant_id: id } } })),
      ),
    refreshes: [grantQueries.all, peopleQueries.all],
    onDone: () => toast.done(t('grants.taken')),
  })

  async function ask(grant: Grant) {
    const title = t('grants.take.ask', { name: grant.person_name, role: t(`role.${grant.role}`) })
    const answer = await confirm({
      title,
      text: t('grants.take.text'),
      action: t('grants.take'),
      danger: true,
    })
    if (answer) take.mutate(grant.id)
  }

  return { take, ask }
}
