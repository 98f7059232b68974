// Answers how this person likes to read: language, type size, colours, and how much data a page may cost.
import { defineStore } from 'pinia'
import { ref, watch, type Ref } from 'vue'
import { locale, type Locale } from '@/shared/i18n'
import type { Place } from '@/shared/feature'

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
  const stored = read()
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
      write({
        locale: locale.value,
        typeSize: typeSize.value,
        scheme: scheme.value,
        dataSaver: dataSaver.value,
        lastPlace: lastPlace.value,
      })
    },
    { immediate: true, flush: 'sync' },
  )

  return { locale, typeSize, scheme, dataSaver, lastPlace }
})

// A WebView may forbid storage; then the page simply forgets.
function read(): Stored {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? '{}') as Stored
  } catch {
    return {}
  }
}

function write(value: Stored) {
  try {
    localStorage.setItem(STORED, JSON.stringify(value))
  } catch {
    // Nothing to do: see `read`.
  }
}
