// Answers what happened while the server was being asked: its answer may be older than the events that overtook it.
import type { ExchangeEvent } from './state'

/** Singleton: one list for each question that is under way. */
const underWay = new Set<ExchangeEvent[]>()

export function hear(event: ExchangeEvent) {
  for (const heard of underWay) heard.push(event)
}

/** The answer, with what was heard meanwhile put on top. */
export async function askWhileHearing<State>(
  ask: () => Promise<State>,
  after: (state: State, event: ExchangeEvent) => State,
): Promise<State> {
  const heard: ExchangeEvent[] = []
  underWay.add(heard)
  try {
    return heard.reduce(after, await ask())
  } finally {
    underWay.delete(heard)
  }
}
