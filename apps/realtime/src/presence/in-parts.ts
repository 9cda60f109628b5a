/**
 * All keys of a map that others change meanwhile, a part at each call: whoever is in it for a whole turn comes by in it. Answers
 * with the last part of a turn that it was the last.
 */
export const inParts = <K>(map: ReadonlyMap<K, unknown>, parts: number): (() => { keys: K[]; last: boolean }) => {
  let rest = map.keys()
  let part = 0
  return () => {
    part++
    const last = part >= parts
    // The last part takes whoever came meanwhile, too.
    const count = last ? Number.POSITIVE_INFINITY : Math.ceil(map.size / parts)
    const keys: K[] = []
    while (keys.length < count) {
      const next = rest.next()
      if (next.done) break
      keys.push(next.value)
    }
    if (last) {
      rest = map.keys()
      part = 0
    }
    return { keys, last }
  }
}
