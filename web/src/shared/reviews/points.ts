// Answers how points read.
import { locale } from '@/shared/i18n'

/** Hundredths, as the server counts them: 8550 is 85.5. */
export function points(hundredths: number): string {
  return new Intl.NumberFormat(locale.value, { maximumFractionDigits: 2 }).format(hundredths / 100)
}
