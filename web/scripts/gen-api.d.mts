export function typesOfContract(): Promise<string>
