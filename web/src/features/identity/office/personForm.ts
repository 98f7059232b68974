// A person as the forms hold them.
import type { Schema } from '@/shared/api'
import type { PersonDetail } from './queries'

/** What is kept on the device while it is typed; of numbers only what everybody on the desk sees of them. */
export interface PersonTexts {
  name: string
  unit?: string
  gender?: Schema<'Gender'>
  subject: string
  title: string
  since: string
  phoneMasked: string
  identityNumberMasked: string
}

/** Typed numbers are kept nowhere but on the screen. */
export interface PersonNumbers {
  phone: string
  removePhone: boolean
  identityNumber: string
  removeIdentityNumber: boolean
}

export function textsOf(person?: PersonDetail): PersonTexts {
  return {
    name: person?.name ?? '',
    unit: person?.org_unit?.id,
    gender: person?.gender ?? undefined,
    subject: person?.subject ?? '',
    title: person?.professional_title ?? '',
    since: person?.teaching_since?.toString() ?? '',
    phoneMasked: person?.phone_masked ?? '',
    identityNumberMasked: person?.identity_number_masked ?? '',
  }
}

export function noNumbers(): PersonNumbers {
  return { phone: '', removePhone: false, identityNumber: '', removeIdentityNumber: false }
}

export function bodyOf(texts: PersonTexts, numbers: PersonNumbers): Schema<'PersonInput'> {
  return {
    name: texts.name,
    phone: numbers.phone || null,
    identity_number: numbers.identityNumber || null,
    org_unit_id: texts.unit ?? null,
    gender: texts.gender ?? null,
    subject: texts.subject || null,
    professional_title: texts.title || null,
    teaching_since: texts.since ? Number(texts.since) : null,
  }
}
