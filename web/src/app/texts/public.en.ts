// The texts of the pages that everybody may open, in English: one file of the build, asked for once.
import type { Catalogue } from '@/shared/i18n'

export default import.meta.glob<Catalogue>('../../features/*/messages/public.en.ts', {
  eager: true,
  import: 'default',
})
