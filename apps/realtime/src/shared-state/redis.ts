import { Presence, type Snowflake } from "@hearth/core"
import type { Redis } from "ioredis"
import { EpochLost, type NodeInfo, type SharedState } from "../ports.ts"
import { strongest } from "../presence/strongest.ts"
import { openRedis, seldom } from "../redis-client.ts"
import { type SharedStateOptions, sharedStateDefaults } from "./timing.ts"

/*
 * nodes              ZSET node → until when it is an owner, by Redis' own clock
 * node:{id}          HASH {epoch, addr, retired}, expires: the node is alive as long as this is there
 * pres:u:{user}      HASH node:epoch → what that run of that node said
 * pres:n:{node:epoch} SET of users with an entry of that run
 * pres:runs          SET of node:epoch with such a set: where to look for the dead
 *
 * Entries of runs that are not alive count for nothing from that moment on, whether or not anybody took them out yet.
 * Scripts make their keys from a prefix: one Redis (or a primary with replicas), not a Redis Cluster.
 */
const lib = `
local p = ARGV[1]
local function epochOf(id) return redis.call('HGET', p .. 'node:' .. id, 'epoch') end
local known = {}
local function alive(run)
  if known[run] == nil then
    local id, epoch = string.match(run, '^(.*):([^:]*)$')
    known[run] = id ~= nil and epochOf(id) == epoch
  end
  return known[run]
end
local function statesOf(user)
  local states = {}
  local all = redis.call('HGETALL', p .. 'pres:u:' .. user)
  for i = 1, #all, 2 do if alive(all[i]) then states[#states + 1] = all[i + 1] end end
  return table.concat(states, ',')
end
local function now()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
`

const scripts = {
  hearthRegister: `${lib}
    local id, epoch, addr, owner, life = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5]), ARGV[6]
    redis.call('DEL', p .. 'node:' .. id)
    redis.call('HSET', p .. 'node:' .. id, 'epoch', epoch, 'addr', addr)
    redis.call('PEXPIRE', p .. 'node:' .. id, life)
    redis.call('ZADD', p .. 'nodes', now() + owner, id)
    return 1`,
  hearthBeat: `${lib}
    local id, epoch, owner, life = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
    if epochOf(id) ~= epoch then return 0 end
    redis.call('PEXPIRE', p .. 'node:' .. id, life)
    if redis.call('HEXISTS', p .. 'node:' .. id, 'retired') == 0 then redis.call('ZADD', p .. 'nodes', now() + owner, id) end
    return 1`,
  hearthRetire: `${lib}
    local id, epoch, life = ARGV[2], ARGV[3], ARGV[4]
    if epochOf(id) ~= epoch then return 0 end
    redis.call('ZREM', p .. 'nodes', id)
    redis.call('HSET', p .. 'node:' .. id, 'retired', 1)
    if life ~= '' then redis.call('PEXPIRE', p .. 'node:' .. id, life) end
    return 1`,
  hearthNodes: `${lib}
    local at = now()
    redis.call('ZREMRANGEBYSCORE', p .. 'nodes', '-inf', at)
    local out = {}
    for _, id in ipairs(redis.call('ZRANGE', p .. 'nodes', 0, -1)) do
      local it = redis.call('HMGET', p .. 'node:' .. id, 'epoch', 'addr')
      if it[1] then out[#out + 1] = {id, it[1], it[2]} end
    end
    return out`,
  hearthSetPresence: `${lib}
    local run, user, state = ARGV[2], ARGV[3], ARGV[4]
    if not alive(run) then return false end
    if state == 'offline' then
      redis.call('HDEL', p .. 'pres:u:' .. user, run)
      redis.call('SREM', p .. 'pres:n:' .. run, user)
    else
      redis.call('SADD', p .. 'pres:runs', run)
      redis.call('SADD', p .. 'pres:n:' .. run, user)
      redis.call('HSET', p .. 'pres:u:' .. user, run, state)
    end
    return statesOf(user)`,
  hearthPresences: `${lib}
    local run, out = ARGV[2], {}
    if run ~= '' and not alive(run) then return false end
    for i = 3, #ARGV do out[i - 2] = statesOf(ARGV[i]) end
    return out`,
  hearthDead: `${lib}
    local out = {}
    for _, run in ipairs(redis.call('SMEMBERS', p .. 'pres:runs')) do if not alive(run) then out[#out + 1] = run end end
    return out`,
  // In chunks, each checked anew: a script that runs long stops everybody.
  hearthBury: `${lib}
    local run = ARGV[2]
    if alive(run) then return 0 end
    for i = 3, #ARGV do redis.call('HDEL', p .. 'pres:u:' .. ARGV[i], run) end
    return 1`,
  hearthForgetRun: `${lib}
    local run = ARGV[2]
    if alive(run) then return 0 end
    redis.call('UNLINK', p .. 'pres:n:' .. run)
    redis.call('SREM', p .. 'pres:runs', run)
    return 1`,
}

type Script = (...args: (string | number)[]) => Promise<unknown>
type Scripted = Redis & Record<keyof typeof scripts, Script>

const CHUNK = 500
const parse = (states: unknown): Presence =>
  strongest(
    String(states)
      .split(",")
      .flatMap((s) => Presence.safeParse(s).data ?? []),
  )

/** For several nodes. Every call fails within half a second when Redis does not answer; nothing is kept anywhere else. */
export const createRedisState = (deps: {
  url: string
  /** Of all keys; a deployment has one. */
  prefix: string
  options?: SharedStateOptions
  onError?: (error: Error) => void
}): SharedState => {
  const { ownerTtlMs, presenceTtlMs, forgetMs } = { ...sharedStateDefaults, ...deps.options }
  const p = `${deps.prefix}:`
  const redis = openRedis(deps.url, { onError: seldom(deps.onError) }) as Scripted
  for (const [name, lua] of Object.entries(scripts)) redis.defineCommand(name, { numberOfKeys: 0, lua })
  const runOf = (node: NodeInfo) => `${node.id}:${node.epoch}`

  return {
    kind: "redis",
    async register(node) {
      await redis.hearthRegister(p, node.id, node.epoch, node.address, ownerTtlMs, presenceTtlMs)
    },
    async beat(node) {
      return (await redis.hearthBeat(p, node.id, node.epoch, ownerTtlMs, presenceTtlMs)) === 1 ? "kept" : "lost"
    },
    async retire(node) {
      await redis.hearthRetire(p, node.id, node.epoch, "")
    },
    async forget(node) {
      await redis.hearthRetire(p, node.id, node.epoch, forgetMs)
    },
    async nodes() {
      const rows = (await redis.hearthNodes(p)) as [string, string, string][]
      return rows.map(([id, epoch, address]) => ({ id, epoch, address })).sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    async setPresence(node, userId, presence) {
      const states = await redis.hearthSetPresence(p, runOf(node), userId, presence)
      if (states === null) throw new EpochLost()
      return parse(states)
    },
    async presences(userIds, asker) {
      const found = new Map<Snowflake, Presence>()
      for (let i = 0; i < userIds.length; i += CHUNK) {
        const chunk = userIds.slice(i, i + CHUNK)
        const states = (await redis.hearthPresences(p, asker ? runOf(asker) : "", ...chunk)) as string[] | null
        if (!states) throw new EpochLost()
        chunk.forEach((id, k) => found.set(id, parse(states[k])))
      }
      return found
    },
    async reap(tell = () => {}) {
      const told = new Set<Snowflake>()
      for (const run of (await redis.hearthDead(p)) as string[]) {
        let cursor = "0"
        do {
          const [next, ids] = await redis.sscan(`${p}pres:n:${run}`, cursor, "COUNT", CHUNK)
          cursor = next
          if (ids.length === 0) continue
          await redis.hearthBury(p, run, ...ids)
          tell(ids)
          for (const id of ids) told.add(id)
        } while (cursor !== "0")
        await redis.hearthForgetRun(p, run)
      }
      return [...told]
    },
    async close() {
      redis.disconnect()
    },
  }
}
