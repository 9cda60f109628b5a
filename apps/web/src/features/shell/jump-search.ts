export interface Found<T> {
  item: T
  /** The part of the name that was typed: UTF-16 offsets; empty when the place's surroundings matched. */
  from: number
  to: number
}

const fold = (s: string): string => s.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase()

/** Names that begin with what was typed, then words of names that do, then names that have it inside, then those in a server called so. */
export const search = <T extends { name: string; where: string }>(
  items: readonly T[],
  typed: string,
  limit: number,
): Found<T>[] => {
  const wanted = fold(typed.trim())
  if (!wanted) return items.slice(0, limit).map((item) => ({ item, from: 0, to: 0 }))
  const ranked: { found: Found<T>; rank: number }[] = []
  for (const item of items) {
    const name = fold(item.name)
    const at = name.indexOf(wanted)
    // Folding may change lengths: then nothing is marked rather than something wrong.
    const same = name.length === item.name.length
    if (at >= 0)
      ranked.push({
        found: { item, from: same ? at : 0, to: same ? at + wanted.length : 0 },
        rank: at === 0 ? 0 : /[\p{L}\p{N}]/u.test(name[at - 1] ?? "") ? 2 : 1,
      })
    else if (` ${fold(item.where)}`.includes(` ${wanted}`)) ranked.push({ found: { item, from: 0, to: 0 }, rank: 3 })
  }
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map((r) => r.found)
}
