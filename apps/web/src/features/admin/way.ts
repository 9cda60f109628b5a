import type { TraceReply, TraceStep } from "@hearth/core"

/** A step, and the node that took it. */
export type Taken = TraceStep & { nodeId: string }

export interface NodesSay {
  accepted: Taken[]
  /** The compare-and-set that added the message; a node may have forgotten it. */
  stored: Taken | null
  /** Of that first version of it, where the storing is remembered. */
  published: Taken[]
  delivered: Taken[]
  changed: Taken[]
  confirmed: number
  /** Before this no node remembers anything; null: none answered. */
  since: number | null
}

/** What nodes remember, in the order of time, by what it was. */
export const nodesSay = ({ nodes }: TraceReply): NodesSay => {
  const all = nodes
    .flatMap(({ nodeId, steps }) => steps.map((step): Taken => ({ ...step, nodeId })))
    .sort((a, b) => a.at - b.at)
  const of = (kind: TraceStep["kind"]) => all.filter((step) => step.kind === kind)
  const stored = of("stored")[0] ?? null
  const first = (kind: TraceStep["kind"]) => (stored ? of(kind).filter((step) => step.ver === stored.ver) : [])
  const since = nodes.flatMap((node) => node.since ?? [])
  return {
    accepted: of("accepted"),
    stored,
    published: first("published"),
    delivered: first("delivered"),
    changed: of("changed"),
    confirmed: of("confirmed").length,
    since: since.length > 0 ? Math.min(...since) : null,
  }
}

export const connectionsOf = (delivered: readonly Taken[]): number =>
  delivered.reduce((sum, { count = 0 }) => sum + count, 0)
