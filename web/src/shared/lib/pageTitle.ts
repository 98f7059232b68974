// Answers what the page is called that somebody looks at, without the product's own name.

export function pageTitle(): string {
  return document.title.replace(/(^| · )[^·]*$/, '')
}
