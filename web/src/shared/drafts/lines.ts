// Answers how a form reads when two versions of it stand side by side.

export interface Line {
  /** Empty where the whole thing is one text. */
  label: string
  text: string
}

/** `linesOf([t('plan.title'), form.title], …)`; what is a list becomes one line for each of its entries. */
export function linesOf(...fields: [label: string, value: unknown][]): Line[] {
  return fields.map(([label, value]) => ({ label, text: String(value ?? '') }))
}
