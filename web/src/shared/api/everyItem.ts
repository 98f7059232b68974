// The whole of a list that the server gives in pages: for choices, where what is not there could not be chosen.
export async function everyItem<Item>(
  read: (after?: string) => Promise<{ items: Item[]; next?: string | null }>,
): Promise<{ items: Item[] }> {
  const items: Item[] = []
  let after: string | undefined
  do {
    const page = await read(after)
    items.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined)
  return { items }
}
