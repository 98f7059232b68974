// The texts of notices in this place, in English.
export { default } from './list.en'
