import type { Changes, Marks, Message, Packet, ResumeChannel } from "@hearth/core"

/** So many rows are remembered of one channel. Who is further behind reads the store. */
const KEPT_ROWS = 512
/** What is advertised may be on its way as a packet. When it does not come, it was lost. */
const LOST_AFTER_MS = 1_000

interface Scope {
  /** What is remembered leads from this `ver` … */
  base: number
  /** … to this one. */
  last: number
}

/**
 * The last packets of one channel, without a hole: what was not heard, or is too long ago, is not answered. An answer from here is
 * what pushing would have brought, neither more nor less, and what repairs a lost packet, repairs this.
 */
export const createRecent = (known: number, clock: () => number) => {
  const scopes = new Map<string, Scope>()
  let packets: Packet[] = []
  let rows = 0
  /** Of messages: those after `start` are remembered, up to `head`. */
  let start = known
  let head = known
  /** Advertised, and not heard. */
  let beyond: { head: number; marks: Map<string, number>; since: number } | null = null

  const forget = (upTo: number): void => {
    packets = []
    rows = 0
    start = head = Math.max(head, upTo)
    for (const scope of scopes.values()) scope.base = scope.last
  }

  const lastOf = (key: string): number => scopes.get(key)?.last ?? 0
  /** Whether everything came that was advertised; what did not come in time, is given up. */
  const settle = (): void => {
    if (!beyond) return
    const missing = beyond.head > head || [...beyond.marks].some(([key, ver]) => ver > lastOf(key))
    if (missing && clock() - beyond.since < LOST_AFTER_MS) return
    if (missing) {
      for (const [key, ver] of beyond.marks) if (ver > lastOf(key)) scopes.set(key, { base: ver, last: ver })
      forget(beyond.head)
    }
    beyond = null
  }

  const shorten = (): void => {
    while (rows > KEPT_ROWS) {
      const oldest = packets.shift()
      if (!oldest) return
      rows -= oldest.items.length
      const scope = scopes.get(String(oldest.scope))
      if (scope) scope.base = oldest.ver
      for (const { seq } of oldest.items) start = Math.max(start, seq)
    }
  }

  return {
    take(packet: Packet): void {
      const key = String(packet.scope)
      const { ver } = packet
      const scope = scopes.get(key) ?? { base: ver - 1, last: ver - 1 }
      if (ver <= scope.last) return
      const fresh = packet.items.filter(({ seq }) => seq > head)
      const first = fresh[0]?.seq ?? head + 1
      const last = fresh.at(-1)?.seq ?? head
      const follows =
        ver === scope.last + 1 && first === head + 1 && last === head + fresh.length && packet.head <= last
      scopes.set(key, scope)
      if (!follows) {
        // Something was not heard. Who lacks it reads the store, and everybody else, too, until it goes on from here.
        scope.last = ver
        return forget(Math.max(last, packet.head))
      }
      scope.last = ver
      head = last
      packets.push(packet)
      rows += packet.items.length
      shorten()
    },

    /** Heads and marks that a node read or wrote. */
    advertised(to: number, marks: Marks): void {
      settle()
      for (const [key, ver] of Object.entries(marks)) {
        const scope = scopes.get(key)
        // Of what was before the first packet nothing is known but how far it was.
        if (!scope) scopes.set(key, { base: ver, last: ver })
        else if (ver > scope.last) {
          beyond ??= { head, marks: new Map(), since: clock() }
          beyond.marks.set(key, Math.max(ver, beyond.marks.get(key) ?? 0))
        }
      }
      if (to > head) {
        beyond ??= { head, marks: new Map(), since: clock() }
        beyond.head = Math.max(beyond.head, to)
      }
    },

    /** What a client with this span and these marks lacks; null: only the store knows. */
    since({ span, marks }: Pick<ResumeChannel, "span" | "marks">): Changes | null {
      settle()
      if (!span || span.to < start || span.to > head) return null
      const reached: Marks = {}
      for (const [key, { base, last }] of scopes) {
        const mark = marks[key]
        if (mark !== undefined) {
          if (mark < base || mark > last) return null
          reached[key] = last
        } else if (base === 0) reached[key] = last
        // Otherwise it is a scope further back than the span.
        else if (packets.some((p) => String(p.scope) === key && p.items.some(({ seq }) => seq >= span.from)))
          return null
      }
      const messages = new Map<number, Message>()
      const changed = new Map<number, Message>()
      for (const { scope, ver, items } of packets) {
        if (ver <= (marks[scope] ?? 0)) continue
        for (const item of items) {
          if (item.seq > span.to) messages.set(item.seq, item)
          else if (item.seq >= span.from) changed.set(item.seq, item)
        }
      }
      return { reset: false, messages: [...messages.values()], changed: [...changed.values()], marks: reached, head }
    },
  }
}
export type Recent = ReturnType<typeof createRecent>
