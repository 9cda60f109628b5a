import type { MemberGroup, MemberRow, MemberSlice, Snowflake } from "@hearth/core"
import { createSignal } from "./emitter.ts"
import type { GatewayClient } from "./gateway-client.ts"

export type MemberRange = readonly [from: number, count: number]
export interface Members {
  /** Rank → row. */
  rows: ReadonlyMap<number, MemberRow>
  groups: readonly MemberGroup[]
  total: number
  loading: boolean
  /** The last question was not answered. It is asked again by itself. */
  failed: boolean
}

export const NO_MEMBERS: Members = { rows: new Map(), groups: [], total: 0, loading: true, failed: false }

const RETRY_MS = 5_000

/** A slice replaces the ranks that it covers; the list's length is the newest slice's. */
export const mergeSlices = (members: Members, slices: readonly MemberSlice[]): Members => {
  const rows = new Map(members.rows)
  let { groups, total } = members
  for (const slice of slices) {
    slice.rows.forEach((row, i) => rows.set(slice.from + i, row))
    groups = slice.groups
    total = slice.total
  }
  for (const rank of rows.keys()) if (rank >= total) rows.delete(rank)
  return { rows, groups, total, loading: false, failed: false }
}

/** Watches slices of one guild's member list, again after each reconnect. */
export const createMemberSlices = (client: Pick<GatewayClient, "request" | "on" | "onOnline">, guildId: Snowflake) => {
  const changed = createSignal()
  let members = NO_MEMBERS
  let ranges: readonly MemberRange[] = []
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = async () => {
    const mine = ++asked
    try {
      const { slices } = await client.request("members:watch", { guildId, ranges: ranges.map(([a, b]) => [a, b]) })
      if (mine !== asked) return
      members = mergeSlices(members, slices)
      changed.notify()
    } catch {
      if (mine !== asked || ranges.length === 0) return
      members = { ...members, failed: true }
      changed.notify()
      // Without a connection the next one asks again; whatever else it was may pass.
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (mine === asked && ranges.length > 0) void ask()
      }, RETRY_MS)
    }
  }

  const listen = () => [
    client.on("members:changed", ({ slices }) => {
      const mine = slices.filter((s) => s.guildId === guildId)
      if (mine.length === 0) return
      members = mergeSlices(members, mine)
      changed.notify()
    }),
    client.on("user:updated", (card) => {
      const rows = new Map(members.rows)
      let found = false
      for (const [rank, row] of rows)
        if (row.user.id === card.id) {
          rows.set(rank, { ...row, user: card })
          found = true
        }
      if (!found) return
      members = { ...members, rows }
      changed.notify()
    }),
    client.onOnline(() => {
      if (ranges.length > 0) void ask()
    }),
  ]

  return {
    setRanges: (next: readonly MemberRange[]) => {
      ranges = next
      void ask()
    },
    again: () => {
      clearTimeout(timer)
      if (ranges.length > 0) void ask()
    },
    get: () => members,
    subscribe: changed.subscribe,
    /** Listens, and returns how to stop listening and watching. */
    start: () => {
      const offs = listen()
      return () => {
        for (const off of offs) off()
        clearTimeout(timer)
        ranges = []
        client.request("members:watch", { guildId, ranges: [] }).catch(() => {
          // Without a connection nothing is watched any more.
        })
      }
    },
  }
}
