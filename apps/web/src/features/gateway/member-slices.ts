import { type HeldMembers, type MemberRange, NOBODY_HELD, type Snowflake, takeSlices } from "@hearth/core"
import { createSignal } from "./emitter.ts"
import type { GatewayClient } from "./gateway-client.ts"

export type { MemberRange }
export interface Members extends HeldMembers {
  loading: boolean
  /** The last question was not answered. It is asked again by itself. */
  failed: boolean
}

export const NO_MEMBERS: Members = { ...NOBODY_HELD, loading: true, failed: false }

const RETRY_MS = 5_000
/** Between two questions, however fast one scrolls: others are under way on this connection, too. */
const PACE_MS = 50

/** Watches slices of one guild's member list, again after each reconnect. */
export const createMemberSlices = (client: Pick<GatewayClient, "request" | "on" | "onOnline">, guildId: Snowflake) => {
  const changed = createSignal()
  let members = NO_MEMBERS
  let ranges: readonly MemberRange[] = []
  /** The newest question; 0 when none is under way. */
  let underWay = 0
  let asked = 0
  let askedAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  const become = (next: Members) => {
    members = next
    changed.notify()
  }
  const ask = async () => {
    clearTimeout(timer)
    const mine = ++asked
    const those = ranges
    underWay = mine
    askedAt = Date.now()
    let failed = false
    try {
      const { slices } = await client.request("members:watch", { guildId, ranges: those.map(([a, b]) => [a, b]) })
      // Also when one scrolled on meanwhile: it is what was asked for, and near.
      if (ranges.length > 0)
        become({
          ...takeSlices(members, slices, ranges),
          loading: members.loading && slices.length === 0,
          failed: false,
        })
    } catch {
      failed = true
    }
    if (mine !== underWay) return
    underWay = 0
    if (ranges.length === 0) return
    if (ranges !== those) return soon(PACE_MS)
    if (!failed) return
    become({ ...members, failed: true })
    // Without a connection the next one asks again; whatever else it was may pass.
    soon(RETRY_MS)
  }
  const soon = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), Math.max(0, askedAt + ms - Date.now()))
  }
  const again = () => {
    if (ranges.length > 0) void ask()
  }

  const listen = () => [
    client.on("members:changed", ({ slices }) => {
      const mine = slices.filter((s) => s.guildId === guildId)
      if (mine.length === 0 || ranges.length === 0) return
      become({ ...takeSlices(members, mine, ranges), loading: false, failed: false })
    }),
    client.on("user:updated", (card) => {
      const rows = new Map(members.rows)
      let found = false
      for (const [rank, row] of rows)
        if (row.user.id === card.id) {
          rows.set(rank, { ...row, user: card })
          found = true
        }
      if (found) become({ ...members, rows })
    }),
    client.onOnline(again),
  ]

  return {
    setRanges: (next: readonly MemberRange[]) => {
      ranges = next
      if (underWay === 0) soon(PACE_MS)
    },
    again,
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
