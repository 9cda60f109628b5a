import type { Message } from "@hearth/core"

const NOBODY: readonly Message[] = []

/** The messages at both ends of a list that were not there before: what there is to do for a list that grows. */
export const newcomers = (before: readonly Message[], now: readonly Message[]): readonly Message[] => {
  const first = before[0]?.seq
  const last = before.at(-1)?.seq
  if (first === undefined || last === undefined) return now
  let from = 0
  while (from < now.length && (now[from]?.seq ?? 0) < first) from++
  let to = now.length
  while (to > from && (now[to - 1]?.seq ?? 0) > last) to--
  if (from === 0 && to === now.length) return NOBODY
  return [...now.slice(0, from), ...now.slice(to)]
}
