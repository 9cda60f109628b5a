import { type Presence, type Snowflake, steadyNow } from "@hearth/core"
import { EpochLost, type NodeInfo, type SharedState } from "../ports.ts"
import { strongest } from "../presence/strongest.ts"
import { type SharedStateOptions, sharedStateDefaults } from "./timing.ts"

interface Registered {
  info: NodeInfo
  ownerUntil: number
  aliveUntil: number
  retired: boolean
}

/** For one node. It keeps every promise of the port, also those that matter among several: one suite proves both adapters. */
export const createMemoryState = (deps: { clock?: () => number; options?: SharedStateOptions } = {}): SharedState => {
  const clock = deps.clock ?? steadyNow
  const { ownerTtlMs, presenceTtlMs, forgetMs } = { ...sharedStateDefaults, ...deps.options }
  const nodes = new Map<string, Registered>()
  /** user → "node:epoch" → what that run of that node said. */
  const users = new Map<Snowflake, Map<string, Presence>>()
  const usersOf = new Map<string, Set<Snowflake>>()

  const runOf = (node: NodeInfo) => `${node.id}:${node.epoch}`
  const registered = (node: NodeInfo): Registered | undefined => {
    const known = nodes.get(node.id)
    return known && known.info.epoch === node.epoch && known.aliveUntil > clock() ? known : undefined
  }
  const living = (): Set<string> =>
    new Set([...nodes.values()].filter((n) => n.aliveUntil > clock()).map((n) => runOf(n.info)))
  const presenceOf = (userId: Snowflake, alive: Set<string>): Presence =>
    strongest([...(users.get(userId) ?? [])].filter(([run]) => alive.has(run)).map(([, presence]) => presence))
  const remove = (userId: Snowflake, run: string) => {
    const entries = users.get(userId)
    entries?.delete(run)
    if (entries?.size === 0) users.delete(userId)
  }

  return {
    kind: "memory",
    async register(node) {
      const now = clock()
      nodes.set(node.id, {
        info: node,
        ownerUntil: now + ownerTtlMs,
        aliveUntil: now + presenceTtlMs,
        retired: false,
      })
    },
    async beat(node) {
      const known = registered(node)
      if (!known) return "lost"
      if (!known.retired) known.ownerUntil = clock() + ownerTtlMs
      known.aliveUntil = clock() + presenceTtlMs
      return "kept"
    },
    async retire(node) {
      const known = registered(node)
      if (!known) return
      known.retired = true
      known.ownerUntil = 0
    },
    async forget(node) {
      const known = registered(node)
      if (!known) return
      known.ownerUntil = 0
      known.aliveUntil = clock() + forgetMs
    },
    async nodes() {
      const now = clock()
      return [...nodes.values()]
        .filter((n) => n.ownerUntil > now)
        .map((n) => n.info)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    async setPresence(node, userId, presence) {
      if (!registered(node)) throw new EpochLost()
      const run = runOf(node)
      if (presence === "offline") {
        remove(userId, run)
        usersOf.get(run)?.delete(userId)
      } else {
        let entries = users.get(userId)
        if (!entries) users.set(userId, (entries = new Map()))
        entries.set(run, presence)
        let mine = usersOf.get(run)
        if (!mine) usersOf.set(run, (mine = new Set()))
        mine.add(userId)
      }
      return presenceOf(userId, living())
    },
    async presences(userIds, asker) {
      if (asker && !registered(asker)) throw new EpochLost()
      const alive = living()
      return new Map(userIds.map((id) => [id, presenceOf(id, alive)]))
    },
    async reap(tell = () => {}) {
      const alive = living()
      const told: Snowflake[] = []
      for (const [run, ids] of usersOf) {
        if (alive.has(run)) continue
        for (const id of ids) remove(id, run)
        tell([...ids])
        told.push(...ids)
        usersOf.delete(run)
      }
      return told
    },
    async close() {},
  }
}
