// Answers whether something typed or chosen in a dialog would be lost with it.
import { ref, type Ref } from 'vue'

/** What a form keeps on the device is not lost with its dialog; `data-unkept` is what such a form does not keep. */
const KEPT = '[data-kept], [data-unkept]'
const TYPED = 'input:not([type=checkbox], [type=radio], [type=file]), textarea'

export function useUnsaved(place: Readonly<Ref<HTMLElement | null>>) {
  const touched = new Set<Element>()
  const isChosen = ref(false)

  return {
    /** For the events `input` and `change`. */
    note({ target }: Event) {
      // What is searched for is not kept by anybody.
      if (!(target instanceof Element) || isKept(target)) return
      if (!target.matches('[type=search], [role=combobox]')) touched.add(target)
    },
    touch(part: Element | null) {
      if (!isKept(part)) isChosen.value = true
    },
    clear() {
      touched.clear()
      isChosen.value = false
    },
    /** Asked when it counts: what a form emptied or took away since is not lost. */
    isThere: () =>
      isChosen.value || [...touched].some((part) => place.value?.contains(part) && !isBlank(part)),
  }
}

function isBlank(part: Element): boolean {
  return part.matches(TYPED) && (part as HTMLInputElement).value.trim() === ''
}

function isKept(part: Element | null): boolean {
  return part?.closest(KEPT)?.matches('[data-kept]') === true
}
