// The texts of notices in this place, in Chinese.
export { default } from './list.zh'
