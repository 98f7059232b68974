// The texts of the learner's pages, in Chinese: one file of the build, asked for once.
import type { Catalogue } from '@/shared/i18n'

export default import.meta.glob<Catalogue>('../../features/*/messages/learn.zh.ts', {
  eager: true,
  import: 'default',
})
