import type { Snowflake } from "@hearth/core"
import type { Glow } from "@hearth/ui"

const WINDOW_MS = 15 * 60_000

/**
 * How lively n messages in 15 minutes are: log2(1 + n) / 3, in steps. Digests carry heads and no authors, so messages stand
 * for the people who wrote them.
 */
export const glowOf = (messages: number): Glow => {
  const g = Math.min(1, Math.log2(1 + messages) / 3)
  return g >= 0.95 ? 4 : g >= 0.75 ? 3 : g >= 0.5 ? 2 : g >= 0.3 ? 1 : 0
}

/** Counts how far each channel's log moved lately. What was there before one came is not counted: it has no time. */
export const createGlow = (heads: () => Readonly<Record<Snowflake, number>>, now: () => number = Date.now) => {
  const moves = new Map<Snowflake, { at: number; by: number }[]>()
  let seen: Readonly<Record<Snowflake, number>> | null = null
  let shown: ReadonlyMap<Snowflake, Glow> = new Map()
  const listeners = new Set<() => void>()

  return {
    /** Takes notice of heads that moved. Changes nothing on screen by itself, so that nothing flickers. */
    look: () => {
      const next = heads()
      if (next === seen) return
      if (seen)
        for (const [id, head] of Object.entries(next)) {
          const by = head - (seen[id] ?? head)
          if (by > 0) moves.set(id, [...(moves.get(id) ?? []).slice(-50), { at: now(), by }])
        }
      seen = next
    },
    /** Brings what is shown up to date: every 10 s at most. */
    settle: () => {
      const from = now() - WINDOW_MS
      const next = new Map<Snowflake, Glow>()
      for (const [id, list] of moves) {
        const recent = list.filter((m) => m.at >= from)
        if (recent.length === 0) moves.delete(id)
        else {
          moves.set(id, recent)
          const glow = glowOf(recent.reduce((sum, m) => sum + m.by, 0))
          if (glow > 0) next.set(id, glow)
        }
      }
      const same = next.size === shown.size && [...next].every(([id, glow]) => shown.get(id) === glow)
      if (same) return
      shown = next
      for (const listener of [...listeners]) listener()
    },
    get: (channelId: Snowflake): Glow => shown.get(channelId) ?? 0,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
export type GlowStore = ReturnType<typeof createGlow>
