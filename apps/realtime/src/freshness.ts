import type { Timings } from "./timings.ts"

/**
 * How old the node's knowledge is. The permission cache needs no expiry per entry, only this watermark: when the last poll of
 * the outbox that came back "caught up" was *sent*. After a stall nothing counts before a poll that was sent afterwards. Ages are
 * counted by a clock that only goes on: with one that was set back, what is known would stay new for as long. That the wall clock
 * jumped is a stall too: a machine that slept may not have counted the time.
 */
export interface Freshness {
  /** Nothing is delivered, joined or sent unless this holds. Cheap: asked before every frame. */
  ok(): boolean
  ageMs(): number
  /** A poll that was sent at that time came back caught up. */
  confirmed(sentAt: number): void
  /** The loop stood still: everything known is old. Also called by who notices it first. */
  stalled(): boolean
  /** What the timer does: the loop turns. */
  beat(): void
  close(): void
}

export const watchFreshness = (
  timings: Timings,
  clock: () => number,
  wall: () => number,
  on: { stall: () => void; stale: () => void; fresh: (after: "start" | "stale" | "stall") => void },
): Freshness => {
  let freshAt = Number.NEGATIVE_INFINITY
  let beat = clock()
  let ahead = wall() - beat
  let state: "start" | "ok" | "stale" | "stall" = "start"
  let stalledAt = Number.NEGATIVE_INFINITY

  // A stall that no fresh poll ends becomes staleness: then sockets are sent to a node that can deliver.
  const isFollowing = () => state === "ok" || state === "stall"

  // I/O may be served before the timer that would notice: so every question looks at the clock.
  const look = (): void => {
    const now = clock()
    const wallAhead = wall() - now
    if (state !== "start" && (now - beat > timings.stall || Math.abs(wallAhead - ahead) > timings.stall)) {
      stalledAt = now
      beat = now
      ahead = wallAhead
      if (state !== "stale") state = "stall"
      on.stall()
    } else if (isFollowing() && now - Math.max(freshAt, stalledAt) > timings.freshness) {
      state = "stale"
      on.stale()
    }
  }
  const onBeat = (): void => {
    look()
    beat = clock()
    ahead = wall() - beat
  }
  const timer = setInterval(onBeat, Math.max(20, Math.min(250, timings.stall / 4)))
  timer.unref()

  return {
    beat: onBeat,
    ok() {
      look()
      return state === "ok"
    },
    ageMs: () => clock() - freshAt,
    confirmed(sentAt) {
      look()
      if (sentAt < stalledAt || clock() - sentAt > timings.freshness) return
      freshAt = Math.max(freshAt, sentAt)
      if (state === "ok") return
      const after = state
      state = "ok"
      on.fresh(after)
    },
    stalled: () => state === "stall",
    close: () => clearInterval(timer),
  }
}
