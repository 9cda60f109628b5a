/** Numbers from 0 to 1 that are always the same for a seed. */
export type Random = () => number

/** FNV-1a, then mulberry32: small, even, and the same everywhere. */
export const randomOf = (seed: string): Random => {
  let state = 0x811c9dc5
  for (const c of seed) state = Math.imul(state ^ (c.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
