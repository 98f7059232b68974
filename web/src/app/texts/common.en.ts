// The texts that features share between places, in English. Their Chinese is at hand.
import type { Catalogue } from '@/shared/i18n'

export default import.meta.glob<Catalogue>('../../features/*/messages/common.en.ts', {
  eager: true,
  import: 'default',
})
