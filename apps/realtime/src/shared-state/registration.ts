import { randomUUID } from "node:crypto"
import type { Snowflake } from "@hearth/core"
import type { Logger } from "../logger.ts"
import type { NodeInfo, SharedState } from "../ports.ts"

export interface RegistrationOptions {
  /** Between two beats, in ms, give or take a fifth: owners live for three of them, presence for nine. */
  beatMs?: number
  /** How long the others have to register anew, after this node had to. Four beats, when not said. */
  settleMs?: number
}
export const registrationDefaults = { beatMs: 5_000 } satisfies RegistrationOptions

type Stop = () => void

/** This node among the others: it announces itself, keeps itself alive, and looks who else is and who no longer. */
export interface Registration {
  node(): NodeInfo
  /** Whether the shared state answered last time. */
  healthy(): boolean
  /**
   * Whether who has no entry is not here. Not for a while after each try to register but the very first: the others'
   * registrations may have been gone, too (Redis came back empty), and each says everything anew in its own time.
   */
  settled(): boolean
  /** The living as last heard: stays as it is while the state is away. */
  nodes(): readonly NodeInfo[]
  onNodes(listener: () => void): Stop
  /** The node has a new epoch, under which nothing is known of it yet. */
  onRegistered(listener: () => void): Stop
  onHealth(listener: (healthy: boolean) => void): Stop
  /** By now the others have said everything anew. */
  onSettled(listener: () => void): Stop
  /** Users whose node died. */
  onReaped(listener: (userIds: readonly Snowflake[]) => void): Stop
  /** Resolves after the first try, whatever came of it. */
  start(): Promise<void>
  /** Looks now: something says that the epoch is gone. */
  check(): Promise<void>
  /** Appends no longer come here; everything else goes on. */
  retire(): Promise<void>
  /** The node is gone: its users have one more grace to come back elsewhere. */
  close(): Promise<void>
}

export const createRegistration = (deps: {
  sharedState: SharedState
  id: string
  /** Where other nodes reach this one's internal endpoint. */
  address: string
  log: Logger
  options?: RegistrationOptions
}): Registration => {
  const { sharedState, log } = deps
  const { beatMs } = { ...registrationDefaults, ...deps.options }
  const settleMs = deps.options?.settleMs ?? 4 * beatMs
  const fresh = (): NodeInfo => ({ id: deps.id, epoch: randomUUID(), address: deps.address })
  let node = fresh()
  let registered = false
  let tried = false
  let retired = false
  let healthy = false
  let known: readonly NodeInfo[] = []
  let closed = false
  let ticking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let settling: NodeJS.Timeout | undefined
  const listeners = {
    nodes: new Set<() => void>(),
    registered: new Set<() => void>(),
    health: new Set<(healthy: boolean) => void>(),
    settled: new Set<() => void>(),
    reaped: new Set<(userIds: readonly Snowflake[]) => void>(),
  }
  const listen = <L>(those: Set<L>, listener: L): Stop => {
    those.add(listener)
    return () => those.delete(listener)
  }
  const setHealthy = (now: boolean) => {
    if (healthy === now) return
    healthy = now
    for (const listener of listeners.health) listener(now)
  }

  const settle = () => {
    clearTimeout(settling)
    settling = setTimeout(() => {
      settling = undefined
      for (const listener of listeners.settled) listener()
    }, settleMs).unref()
  }

  const register = async () => {
    if (registered && (await sharedState.beat(node)) === "kept") return
    if (registered) {
      node = fresh()
      registered = false
      log.warn({ nodeId: node.id }, "the node's registration was gone: it registers all again")
    }
    // Not the first try: since then the state may have come back empty, and the others may have to say everything anew, too.
    if (tried) settle()
    tried = true
    await sharedState.register(node)
    if (retired) await sharedState.retire(node)
    registered = true
    for (const listener of listeners.registered) listener()
  }

  const tick = async () => {
    try {
      await register()
      const living = await sharedState.nodes()
      const same = (a: NodeInfo, b: NodeInfo | undefined) =>
        a.id === b?.id && a.epoch === b.epoch && a.address === b.address
      const changed = living.length !== known.length || living.some((n, i) => !same(n, known[i]))
      known = living
      setHealthy(true)
      if (changed) for (const listener of listeners.nodes) listener()
      await sharedState.reap((userIds) => {
        for (const listener of listeners.reaped) listener(userIds)
      })
    } catch (error) {
      if (healthy) log.warn({ err: (error as Error).message }, "the shared state is away: presence is unknown")
      setHealthy(false)
    }
  }

  const check = (): Promise<void> => {
    if (closed) return Promise.resolve()
    clearTimeout(timer)
    ticking ??= tick().finally(() => {
      ticking = undefined
      clearTimeout(timer)
      if (!closed) timer = setTimeout(check, beatMs * (0.8 + 0.4 * Math.random())).unref()
    })
    return ticking
  }

  return {
    node: () => node,
    healthy: () => healthy,
    settled: () => settling === undefined,
    nodes: () => known,
    onNodes: (listener) => listen(listeners.nodes, listener),
    onRegistered: (listener) => listen(listeners.registered, listener),
    onHealth: (listener) => listen(listeners.health, listener),
    onSettled: (listener) => listen(listeners.settled, listener),
    onReaped: (listener) => listen(listeners.reaped, listener),
    start: check,
    check,
    async retire() {
      retired = true
      await sharedState.retire(node).catch(() => {})
    },
    async close() {
      closed = true
      clearTimeout(timer)
      clearTimeout(settling)
      await ticking
      await sharedState.forget(node).catch(() => {})
    },
  }
}
