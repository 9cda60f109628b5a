import type { MemberGroup } from "@hearth/core"
import type { MemberRange } from "../gateway/index.ts"

export type MemberItem = { kind: "group"; group: MemberGroup } | { kind: "member"; rank: number; away: boolean }

/** The lines of the list: each group's name, then its members by rank. Members that no group counts come at the end. */
export const itemsOf = (groups: readonly MemberGroup[], total: number): MemberItem[] => {
  const items: MemberItem[] = []
  let rank = 0
  for (const group of groups) {
    if (group.count === 0) continue
    items.push({ kind: "group", group })
    for (let i = 0; i < group.count && rank < total; i++)
      items.push({ kind: "member", rank: rank++, away: group.key === "offline" })
  }
  while (rank < total) items.push({ kind: "member", rank: rank++, away: false })
  return items
}

const STEP = 50
const MOST = 4

/** The ranks to watch for what is on screen, in steps of 50, with one step beyond: so that little scrolls ask for nothing new. */
export const rangesFor = (items: readonly MemberItem[], first: number, last: number): MemberRange[] => {
  const ranks = items.slice(first, last + 1).flatMap((item) => (item.kind === "member" ? [item.rank] : []))
  const lowest = Math.max(0, Math.floor((ranks[0] ?? 0) / STEP) * STEP)
  const highest = (Math.floor((ranks.at(-1) ?? lowest) / STEP) + 2) * STEP
  const ranges: MemberRange[] = []
  for (let from = lowest; from < highest && ranges.length < MOST; from += 2 * STEP)
    ranges.push([from, Math.min(2 * STEP, highest - from)])
  return ranges
}
