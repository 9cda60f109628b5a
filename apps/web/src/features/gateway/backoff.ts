/** Exponential backoff with full jitter: a random part of a ceiling that doubles. Milliseconds. */
export const backoff = (
  attempt: number,
  { base = 500, cap = 30_000, random = Math.random }: { base?: number; cap?: number; random?: () => number } = {},
): number => Math.round(random() * Math.min(cap, base * 2 ** Math.min(attempt, 20)))
