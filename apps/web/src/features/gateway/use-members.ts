"use client"
import type { Snowflake } from "@hearth/core"
import { useEffect, useMemo, useSyncExternalStore } from "react"
import { createMemberSlices, type MemberRange, type Members } from "./member-slices.ts"
import { useGateway } from "./provider.tsx"

/** Rows of a member list by rank, kept true while the component lives. */
export const useMembers = (
  guildId: Snowflake,
  ranges: readonly MemberRange[] = [[0, 100]],
): Members & { again: () => void } => {
  const client = useGateway()
  const slices = useMemo(() => createMemberSlices(client, guildId), [client, guildId])
  useEffect(() => slices.start(), [slices])
  const key = JSON.stringify(ranges)
  useEffect(() => slices.setRanges(JSON.parse(key) as MemberRange[]), [key, slices])
  const members = useSyncExternalStore(slices.subscribe, slices.get, slices.get)
  return useMemo(() => ({ ...members, again: slices.again }), [members, slices])
}
