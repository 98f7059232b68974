// The texts of the pages that everybody may open, in Chinese: one file of the build, asked for once.
import type { Catalogue } from '@/shared/i18n'

export default import.meta.glob<Catalogue>('../../features/*/messages/public.zh.ts', {
  eager: true,
  import: 'default',
})
