/** In order, and found by rank as well as by value. */
export interface RankedList<T> {
  readonly length: number
  add(item: T): void
  delete(item: T): void
  /** How many stand before it. */
  rankOf(item: T): number
  slice(begin: number, end: number): T[]
}

const MOST = 512

/**
 * Sorted chunks of a few hundred: a change moves no more than one of them, and a rank is found by adding up their lengths. With half
 * a million that is some 2,000 numbers, which takes less time than any cleverer tree needs to be kept. No two may compare as equal.
 */
export const createRankedList = <T>(compare: (a: T, b: T) => number): RankedList<T> => {
  const chunks: T[][] = []
  let length = 0

  /** How many of them stand before it, if those that do come first. */
  const before = (count: number, at: (i: number) => T | undefined, item: T): number => {
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >>> 1
      const there = at(middle)
      if (there !== undefined && compare(there, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
  /** Where it is, or where it would be. */
  const find = (item: T): { chunk: T[]; n: number; at: number } | undefined => {
    const n = Math.min(
      before(chunks.length, (i) => chunks[i]?.at(-1), item),
      chunks.length - 1,
    )
    const chunk = chunks[n]
    return chunk && { chunk, n, at: before(chunk.length, (i) => chunk[i], item) }
  }

  return {
    get length() {
      return length
    },
    add(item) {
      length++
      const place = find(item)
      if (!place) return void chunks.push([item])
      const { chunk, n, at } = place
      chunk.splice(at, 0, item)
      if (chunk.length > MOST) chunks.splice(n + 1, 0, chunk.splice(MOST >> 1))
    },
    delete(item) {
      const place = find(item)
      if (!place) return
      const { chunk, n, at } = place
      const there = chunk[at]
      if (there === undefined || compare(there, item) !== 0) return
      length--
      chunk.splice(at, 1)
      const next = chunks[n + 1]
      if (chunk.length === 0) chunks.splice(n, 1)
      else if (next && chunk.length + next.length <= MOST >> 1) {
        chunk.push(...next)
        chunks.splice(n + 1, 1)
      }
    },
    rankOf(item) {
      const place = find(item)
      if (!place) return 0
      let rank = place.at
      for (let i = 0; i < place.n; i++) rank += chunks[i]?.length ?? 0
      return rank
    },
    slice(begin, end) {
      const found: T[] = []
      let rank = 0
      for (const chunk of chunks) {
        if (rank >= end) break
        if (rank + chunk.length > begin) found.push(...chunk.slice(Math.max(0, begin - rank), end - rank))
        rank += chunk.length
      }
      return found
    },
  }
}
