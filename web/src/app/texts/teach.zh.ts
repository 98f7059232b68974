// The texts of the pages of experts and assistants, in Chinese: one file of the build, asked for once.
import type { Catalogue } from '@/shared/i18n'

export default import.meta.glob<Catalogue>('../../features/*/messages/teach.zh.ts', {
  eager: true,
  import: 'default',
})
