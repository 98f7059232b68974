// Answers whether the list of what this device keeps of its person is open; whoever knows of it opens it, and the application shows it.
import { shallowRef } from 'vue'

/** Singleton: one list for the page. */
export const isListOpen = shallowRef(false)
