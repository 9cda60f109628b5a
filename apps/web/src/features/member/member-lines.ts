import type { MemberGroup, MemberRange } from "@hearth/core"

export type MemberLine = { kind: "group"; group: MemberGroup } | { kind: "member"; rank: number; away: boolean }

/** How high a line is, in px. */
export interface Heights {
  group: number
  member: number
}

/** A group's name, and the members under it. */
interface Part {
  group: MemberGroup | null
  /** Which line its name is, or its first member where it has none. */
  line: number
  /** The rank of its first member. */
  rank: number
  count: number
}

/** The lines of the list: each group's name, then its members by rank. None of them is made before it is asked for. */
export interface MemberLines {
  readonly length: number
  at(line: number): MemberLine
  /** The line of the member at that rank; -1 where there is none. */
  of(rank: number): number
  /** How far down a line begins; that of `length` is where the list ends. */
  top(line: number, heights: Heights): number
  /** The line at that height. */
  find(y: number, heights: Heights): number
  /** The ranks among these lines, the last not included. */
  ranks(first: number, last: number): readonly [from: number, to: number]
}

const partsOf = (groups: readonly MemberGroup[], total: number): Part[] => {
  const parts: Part[] = []
  let [line, rank] = [0, 0]
  const add = (group: MemberGroup | null, count: number) => {
    parts.push({ group, line, rank, count })
    line += count + (group ? 1 : 0)
    rank += count
  }
  for (const group of groups) if (group.count > 0) add(group, Math.min(group.count, total - rank))
  // Members that no group counts come at the end.
  if (rank < total) add(null, total - rank)
  return parts
}

export const linesOf = (groups: readonly MemberGroup[], total: number): MemberLines => {
  const parts = partsOf(groups, total)
  const named = (part: Part) => (part.group ? 1 : 0)
  const lengthOf = (part: Part) => part.count + named(part)
  const last = parts.at(-1)
  const length = last ? last.line + lengthOf(last) : 0
  const partAt = (line: number) => parts.find((part) => line < part.line + lengthOf(part))
  const topOf = (part: Part, heights: Heights) => (part.line - part.rank) * heights.group + part.rank * heights.member
  const rankAt = (line: number): number => {
    const part = partAt(line)
    return part ? part.rank + Math.max(0, line - part.line - named(part)) : total
  }
  return {
    length,
    at(line) {
      const part = partAt(line)
      if (part?.group && line === part.line) return { kind: "group", group: part.group }
      return { kind: "member", rank: rankAt(line), away: part?.group?.key === "offline" }
    },
    of(rank) {
      const part = parts.findLast((p) => p.rank <= rank)
      return part && rank < part.rank + part.count ? part.line + named(part) + rank - part.rank : -1
    },
    top(line, heights) {
      const part = partAt(line) ?? last
      if (!part) return 0
      const lines = Math.min(line, length) - part.line
      const names = Math.min(lines, named(part))
      return topOf(part, heights) + names * heights.group + (lines - names) * heights.member
    },
    find(y, heights) {
      const part = parts.findLast((p) => topOf(p, heights) <= y) ?? parts[0]
      if (!part) return 0
      const below = y - topOf(part, heights) - named(part) * heights.group
      const line = below < 0 ? part.line : part.line + named(part) + Math.floor(below / heights.member)
      return Math.min(line, part.line + lengthOf(part) - 1)
    },
    ranks: (first, end) => [rankAt(first), Math.min(total, rankAt(end))],
  }
}

const STEP = 50
const MOST = 4

/** What to watch for the ranks that are drawn: whole steps, so that little scrolls ask for nothing new. */
export const rangesFor = ([first, end]: readonly [from: number, to: number]): MemberRange[] => {
  const from = Math.floor(first / STEP) * STEP
  const to = Math.max(from + STEP, Math.ceil(end / STEP) * STEP)
  const ranges: MemberRange[] = []
  for (let at = from; at < to && ranges.length < MOST; at += 2 * STEP) ranges.push([at, Math.min(2 * STEP, to - at)])
  return ranges
}
