import type { Presence, Snowflake } from "@hearth/core"
import type { Server } from "socket.io"

/** One run of one gateway process. A node that lost its registration takes a new epoch and registers all again. */
export interface NodeInfo {
  id: string
  epoch: string
  /** Where other nodes reach its internal endpoint, e.g. http://10.0.0.3:7001 */
  address: string
}

/** Presence and liveness of nodes, and nothing else. In memory for one node, in Redis for several; nothing here must survive. */
export interface SharedState {
  readonly kind: "memory" | "redis"
  /** Announces the node. Throws when the state is out of reach: the node runs degraded and tries again. */
  register(node: NodeInfo): Promise<void>
  /** Keeps the node among the living: owner list 15 s, presence 45 s. `lost`: its epoch is gone, take a new one and register all again. */
  beat(node: NodeInfo): Promise<"kept" | "lost">
  /** Withdraws the owner hint for good; presence lives on by `beat`, until `forget`. */
  retire(node: NodeInfo): Promise<void>
  /** The node leaves: its entries of presence count for one more grace (10 s), in which its users come back elsewhere. */
  forget(node: NodeInfo): Promise<void>
  /** The living, in a stable order. */
  nodes(): Promise<NodeInfo[]>
  /**
   * Says what this node knows of a user over all of its connections; "offline" removes the entry. Answers the user's presence
   * over all nodes. Rejects with `EpochLost` when the node is no longer registered: a node that slept must not leave ghosts.
   */
  setPresence(node: NodeInfo, userId: Snowflake, presence: Presence): Promise<Presence>
  /**
   * The strongest over all living nodes. Users without an entry are offline. Rejects with `EpochLost` when the node that asks is no
   * longer registered: then others may not be either, and who has no entry may be here.
   */
  presences(userIds: readonly Snowflake[], asker?: NodeInfo): Promise<Map<Snowflake, Presence>>
  /**
   * Takes dead nodes' entries out and answers whose presence may have changed. `tell` hears of them before the dead node's set
   * goes: who dies in between leaves the work to the next. Idempotent, also when several nodes do it at once.
   */
  reap(tell?: (userIds: Snowflake[]) => void): Promise<Snowflake[]>
  close(): Promise<void>
}

/** The node's epoch is gone (it slept, or Redis came back empty): it takes a new one and registers all again. */
export class EpochLost extends Error {
  constructor() {
    super("the node is no longer registered")
    this.name = "EpochLost"
  }
}

/** Who should append to a channel now: a hint. The compare-and-set arbitrates, so a wrong answer costs time, never safety. */
export interface Owners {
  /** null: this node, or nobody is known. */
  ownerOf(channelId: Snowflake): NodeInfo | null
  /** Passes a node over for a while: it refused, or did not answer in time. */
  suspect(nodeId: string): void
  /** Told when the list of living nodes changed. Returns how to stop listening. */
  onChange(listener: () => void): () => void
}

/** Passes a command on to a channel's owner (`POST /internal/commands`, 500 ms). Rejects when refused or late. */
export type Forward = <T>(node: NodeInfo, command: { kind: string; body: unknown }) => Promise<T>

/** The doorbell between nodes, on Socket.IO's own adapter. What is published may arrive late, twice or not at all. */
export interface Bus {
  readonly kind: "memory" | "redis"
  /** Puts its adapter under the server: once, before the server listens. */
  attach(io: Server): void
  /** Resolves when the node reads its own probe, or when it is clear that Redis is away: then the node runs degraded. */
  start(): Promise<void>
  /** Rings for the sockets of the *other* nodes in that room; own sockets were served. Returns at once, never throws. */
  publish(room: string, event: string, args: readonly unknown[], options: { volatile: boolean }): void
  /** Rings for the *other* nodes themselves, not for sockets. Returns at once, never throws. */
  tell(topic: string, data: unknown): void
  /** Hears what other nodes told under a topic. Returns how to stop listening. */
  onTold(topic: string, listener: (data: unknown) => void): () => void
  /** `deaf`: Redis answers, but the node does not hear its own probe. `away`: Redis does not answer. Memory is always ready. */
  state(): "ready" | "deaf" | "away"
  /** How long the last probe was under way, in ms; how many publications did not reach Redis; how often entries were missed. */
  stats?(): { lagMs: number; dropped: number; gaps: number }
  /** Told when entries may have been missed: the node asks for heads anew and tells its sockets to resync. */
  onGap(listener: () => void): () => void
  close(): Promise<void>
}
