import type { MemberRow } from "./entity.ts"
import type { MemberGroup, MemberSlice } from "./protocol.ts"

export type MemberRange = readonly [from: number, count: number]

/** What a client holds of a member list: the ranks that it watches, and some around them as they were when it did. */
export interface HeldMembers {
  /** Rank → row. */
  rows: ReadonlyMap<number, MemberRow>
  groups: readonly MemberGroup[]
  total: number
}

export const NOBODY_HELD: HeldMembers = { rows: new Map(), groups: [], total: 0 }

/** Of what is not watched any more so much is kept on each side: whoever scrolls back sees at once what was there. */
export const KEPT_AROUND = 300

const isSame = (a: MemberRow | undefined, b: MemberRow): boolean =>
  a !== undefined &&
  a.user.id === b.user.id &&
  a.user.displayName === b.user.displayName &&
  a.user.portrait === b.user.portrait &&
  a.joinedAt === b.joinedAt &&
  a.roleIds.join() === b.roleIds.join()

/** A slice replaces the ranks of its rows; the list is as long as the newest says. Only what is watched is sure (SPEC.md 4.15). */
export const takeSlices = (
  held: HeldMembers,
  slices: readonly MemberSlice[],
  watched: readonly MemberRange[],
): HeldMembers => {
  const rows = new Map(held.rows)
  let { groups, total } = held
  for (const slice of slices) {
    slice.rows.forEach((row, i) => {
      // What is the same stays the same: nobody draws it again.
      if (!isSame(rows.get(slice.from + i), row)) rows.set(slice.from + i, row)
    })
    groups = slice.groups
    total = slice.total
  }
  const isNear = (rank: number) =>
    watched.some(([from, count]) => rank >= from - KEPT_AROUND && rank < from + count + KEPT_AROUND)
  for (const rank of rows.keys()) if (rank >= total || !isNear(rank)) rows.delete(rank)
  return { rows, groups, total }
}
