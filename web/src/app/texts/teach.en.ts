// The texts of the pages of experts and assistants, in English: one file of the build, asked for once.
import type { Catalogue } from '@/shared/i18n'

export default import.meta.glob<Catalogue>('../../features/*/messages/teach.en.ts', {
  eager: true,
  import: 'default',
})
