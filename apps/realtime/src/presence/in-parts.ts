/**
 * All keys of a map that others change meanwhile, a part at each call: whoever is in it for a whole turn comes by in it. Parts are
 * as large as the map is when a turn begins; who comes meanwhile comes by in the next one, and no part is larger by them. Answers
 * with the last part of a turn that it was the last.
 */
export const inParts = <K>(map: ReadonlyMap<K, unknown>, parts: number): (() => { keys: K[]; last: boolean }) => {
  let rest = map.keys()
  let part = 0
  let size = 0
  return () => {
    if (part === 0) {
      rest = map.keys()
      size = Math.ceil(map.size / parts)
    }
    const keys: K[] = []
    while (keys.length < size) {
      const next = rest.next()
      if (next.done) break
      keys.push(next.value)
    }
    part = (part + 1) % parts
    return { keys, last: part === 0 }
  }
}
