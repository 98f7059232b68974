// Answers how a charter is written: over the version that was read, with the proposals that were taken up into the words.
import { useQueryClient } from '@tanstack/vue-query'
import { api, call, type Schema } from '@/shared/api'
import type { Line } from '@/shared/drafts/lines'
import { useSharedForm } from '@/shared/drafts/useSharedForm'
import { useToast } from '@/shared/ui/useToast'
import { teachText } from '../messages'
import { classQueries } from '../queries'

export const MOST_CLAUSES = 20

const { t } = teachText

/** Each clause is a row of its own, so that what is said of one stays with it. Which proposals are in the words is typed here as well; the server knows them by the version that took them. */
const heldIn = ({ version, vision, clauses }: Schema<'CharterView'>) => ({
  version,
  value: { vision, clauses: clauses.map((text) => ({ text })), taken: [] as string[] },
})
export type CharterWords = ReturnType<typeof heldIn>['value']

export type CharterForm = ReturnType<typeof useCharterForm>

export function useCharterForm(
  classId: string,
  charter: () => Schema<'CharterView'>,
  onSettled: () => unknown,
) {
  const client = useQueryClient()
  const toast = useToast()
  return useSharedForm({
    name: `charter:${classId}`,
    label: teachText.t('charter.title'),
    found: () => heldIn(charter()),
    read: () =>
      call(api.GET('/api/v1/classes/{class_id}/charter', { params: { path: { class_id: classId } } })),
    send: (words, ifMatch) =>
      call(
        api.PUT('/api/v1/classes/{class_id}/charter', {
          params: { path: { class_id: classId }, header: { 'If-Match': ifMatch } },
          body: { ...words, clauses: words.clauses.map(({ text }) => text) },
        }),
      ),
    heldIn,
    onDone: (saved) => {
      onSettled()
      // The same words, but for what says nothing, settle no new version.
      const said =
        saved.version === charter().version
          ? 'charter.settled.same'
          : saved.version > 1
            ? 'charter.settled.again'
            : 'charter.settled'
      client.setQueryData(classQueries.charter(classId).queryKey, saved)
      toast.done(t(said))
      return client.invalidateQueries({ queryKey: classQueries.all })
    },
  })
}

/** The charter as it reads, for two versions side by side. */
export function linesOfCharter({ vision, clauses }: Pick<CharterWords, 'vision' | 'clauses'>): Line[] {
  return [
    { label: t('charter.vision'), text: vision },
    ...clauses.map(({ text }, at) => ({ label: t('charter.clause', { n: at + 1 }), text })),
  ]
}
