// Answers how people call a time zone: "China Standard Time", not its name in the database of zones.

export function zoneName(zone: string, language: string): string {
  try {
    const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'long' }).formatToParts()
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
  } catch {
    // An old browser may not know the zone.
    return zone
  }
}
