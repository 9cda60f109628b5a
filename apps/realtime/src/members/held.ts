import { type MemberRange, type MemberSlice, NOBODY_HELD, type Snowflake, takeSlices } from "@hearth/core"
import type { TestClient } from "@hearth/testing"

/** What a client holds of these ranges of a guild's list after all that it was told, as slices. */
export const held = (
  guildId: Snowflake,
  first: readonly MemberSlice[],
  heard: TestClient["heard"],
  ranges: readonly MemberRange[],
): MemberSlice[] => {
  const pushed = heard.flatMap((h) => (h.event === "members:changed" ? h.payload.slices : []))
  const { rows, groups, total } = takeSlices(
    NOBODY_HELD,
    [...first, ...pushed.filter((slice) => slice.guildId === guildId)],
    ranges,
  )
  return ranges.map(([from, count]) => ({
    guildId,
    from,
    rows: Array.from({ length: count }, (_, i) => rows.get(from + i)).filter((row) => row !== undefined),
    groups: [...groups],
    total,
  }))
}
