// The texts of the office's pages, in Chinese: one file of the build, asked for once.
import type { Catalogue } from '@/shared/i18n'

export default import.meta.glob<Catalogue>('../../features/*/messages/office.zh.ts', {
  eager: true,
  import: 'default',
})
