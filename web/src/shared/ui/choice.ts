// What a list of choices is made of.
export interface Choice<Value extends string | number = string> {
  value: Value
  label: string
  hint?: string
  disabled?: boolean
}
