// Answers how this person likes to read: language, type size, colours, and how much data a page may cost.
import { defineStore } from 'pinia'
import { ref, watch, type Ref } from 'vue'
import { locale, type Locale } from '@/shared/i18n'
import type { Place } from '@/shared/feature'
import { recalled, store } from '@/shared/lib/stored'

export type TypeSize = 'normal' | 'large' | 'larger'
export type Scheme = 'auto' | 'light' | 'dark'

const STORED = 'lingxue.preferences'

interface Stored {
  locale?: Locale
  typeSize?: TypeSize
  scheme?: Scheme
  dataSaver?: boolean
  lastPlace?: Place
}

export const usePreferences = defineStore('preferences', () => {
  const stored = recalled<Stored>(STORED) ?? {}
  const typeSize = ref<TypeSize>(stored.typeSize ?? 'normal')
  const scheme = ref<Scheme>(stored.scheme ?? 'auto')
  /** No video or picture is fetched before it is asked for. */
  const dataSaver = ref(stored.dataSaver ?? false)
  const lastPlace = ref(stored.lastPlace) as Ref<Place | undefined>
  locale.value = stored.locale ?? 'zh-CN'

  watch(
    [locale, typeSize, scheme, dataSaver, lastPlace],
    () => {
      const root = document.documentElement
      root.lang = locale.value
      root.dataset.typeSize = typeSize.value
      root.dataset.scheme = scheme.value
      store(
        STORED,
        JSON.stringify({
          locale: locale.value,
          typeSize: typeSize.value,
          scheme: scheme.value,
          dataSaver: dataSaver.value,
          lastPlace: lastPlace.value,
        } satisfies Stored),
      )
    },
    { immediate: true, flush: 'sync' },
  )

  return { locale, typeSize, scheme, dataSaver, lastPlace }
})
