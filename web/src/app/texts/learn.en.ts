// The texts of the learner's pages, in English: one file of the build, asked for once.
import type { Catalogue } from '@/shared/i18n'

export default import.meta.glob<Catalogue>('../../features/*/messages/learn.en.ts', {
  eager: true,
  import: 'default',
})
