import {
  MAX_TRACE_STEPS,
  type Message,
  type NodeTrace,
  type Packet,
  type Snowflake,
  type TraceStep,
} from "@hearth/core"

/** What was done with messages `from` … `to` of a channel. */
interface Footstep extends TraceStep {
  channelId: Snowflake
  from: number
  to: number
}

export interface Trail {
  accepted(channelId: Snowflake, seq: number, how: { ms: number; again: boolean }): void
  /** A compare-and-set of this node took effect. */
  stored(packet: Packet, how: { kind: "append" | "change"; ms: number }): void
  published(packets: readonly Packet[]): void
  delivered(packets: readonly Packet[], sockets: number): void
  /** A client acknowledged these rows. */
  confirmed(channelId: Snowflake, rows: readonly Pick<Message, "seq">[]): void
  /** What is remembered of a message, in the order of time; of much, what was first. */
  of(channelId: Snowflake, seq: number): Omit<NodeTrace, "nodeId">
}

/** Rows stand together: one step for each run of numbers. */
const runsOf = (rows: readonly Pick<Message, "seq">[]): [from: number, to: number][] => {
  const runs: [number, number][] = []
  for (const { seq } of rows) {
    const last = runs.at(-1)
    if (last && seq === last[1] + 1) last[1] = seq
    else runs.push([seq, seq])
  }
  return runs
}

/**
 * What this node did with messages, in its memory alone and only the last so many steps: nothing is written anywhere for it. It
 * is looked through when an administrator asks, and never else.
 */
export const createTrail = ({
  clock = Date.now,
  steps: most = 32_768,
}: {
  clock?: (() => number) | undefined
  steps?: number
} = {}): Trail => {
  const steps: Footstep[] = []
  const begun = clock()
  /** Where the next step goes, once all places are taken: the oldest. */
  let next = 0

  const put = (step: Footstep): void => {
    if (steps.length < most) steps.push(step)
    else {
      steps[next] = step
      next = (next + 1) % most
    }
  }
  const putRows = (channelId: Snowflake, rows: readonly Pick<Message, "seq">[], step: TraceStep): void => {
    for (const [from, to] of runsOf(rows)) put({ ...step, channelId, from, to })
  }

  return {
    accepted: (channelId, seq, { ms, again }) =>
      put({ kind: "accepted", at: clock(), ms, ...(again && { again }), channelId, from: seq, to: seq }),
    stored({ channelId, ver, items }, { kind, ms }) {
      const step = {
        kind: kind === "append" ? "stored" : "changed",
        at: clock(),
        ver,
        ms,
        count: items.length,
      } as const
      putRows(channelId, items, step)
    },
    published(packets) {
      for (const { channelId, ver, items } of packets)
        putRows(channelId, items, { kind: "published", at: clock(), ver })
    },
    delivered(packets, sockets) {
      for (const { channelId, ver, items } of packets)
        putRows(channelId, items, { kind: "delivered", at: clock(), ver, count: sockets })
    },
    confirmed: (channelId, rows) => putRows(channelId, rows, { kind: "confirmed", at: clock() }),
    of(channelId, seq) {
      const found: TraceStep[] = []
      for (let i = 0; i < steps.length && found.length < MAX_TRACE_STEPS; i++) {
        const step = steps[(next + i) % steps.length]
        if (!step || step.channelId !== channelId || seq < step.from || seq > step.to) continue
        const { channelId: _, from: __, to: ___, ...told } = step
        found.push(told)
      }
      const since = steps.length < most ? begun : (steps[next]?.at ?? begun)
      return { ok: true, since, steps: found }
    },
  }
}
