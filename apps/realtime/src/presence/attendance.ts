import type { Shown, Snowflake } from "@hearth/core"
import type { Logger } from "../logger.ts"

const CHUNK = 1_000
const RETRY_MS = 1_000

/**
 * Keeps who is connected and who is not, seen by others or not, for calls of those who are here. Nobody is shown it. What is lost (a
 * node dies, PostgreSQL is away) makes somebody be called who was not here, and nobody miss a call.
 */
export const createAttendance = (deps: {
  /** They are here, for so many ms. */
  came: (userIds: readonly Snowflake[], agoMs: number) => Promise<void>
  left: (userIds: readonly Snowflake[]) => Promise<void>
  /** They are here as before, whatever is kept of them. */
  stayed: (userIds: readonly Snowflake[]) => Promise<void>
  /** How often it is said again of those who stay, and how long those who come and go gather, in ms. */
  everyMs: number
  gatherMs: number
  log: Logger
}) => {
  const { everyMs, gatherMs, log } = deps
  const here = new Set<Snowflake>()
  /** The last word on each that is not kept yet, and since when. */
  const moved = new Map<Snowflake, { isHere: boolean; since: number }>()
  let gathering: NodeJS.Timeout | undefined
  let keeping: Promise<void> = Promise.resolve()
  let closed = false

  const gather = (ms: number) => {
    if (!closed) gathering ??= setTimeout(() => void flush(), ms).unref()
  }
  const inChunks = async (
    userIds: readonly Snowflake[],
    keep: (userIds: readonly Snowflake[]) => Promise<void>,
    failed: (userIds: readonly Snowflake[]) => void = () => {},
  ): Promise<void> => {
    for (let i = 0; i < userIds.length; i += CHUNK) {
      const chunk = userIds.slice(i, i + CHUNK)
      try {
        await keep(chunk)
      } catch (error) {
        failed(chunk)
        // The error itself names all whom it was about.
        const { cause = error } = error as Error
        log.warn({ err: (cause as Error).message }, "who is here could not be kept")
      }
    }
  }
  const flush = (): Promise<void> => {
    clearTimeout(gathering)
    gathering = undefined
    const those = new Map(moved)
    moved.clear()
    const who = (isHere: boolean) => [...those].flatMap(([id, is]) => (is.isHere === isHere ? id : []))
    const again = (userIds: readonly Snowflake[]) => {
      for (const id of userIds) {
        const before = those.get(id)
        if (before && !moved.has(id)) moved.set(id, before)
      }
      gather(RETRY_MS)
    }
    const came = who(true)
    const since = Math.min(...came.map((id) => those.get(id)?.since ?? Number.POSITIVE_INFINITY))
    keeping = keeping
      .then(() => inChunks(who(false), deps.left, again))
      .then(() => inChunks(came, (ids) => deps.came(ids, Math.max(0, performance.now() - since)), again))
    return keeping
  }
  const say = (userId: Snowflake, isHere: boolean) => {
    moved.set(userId, { isHere, since: performance.now() })
    gather(gatherMs)
  }
  // Somebody may have left one node and come to another in the same moment, or be unseen on both.
  const sweeping = setInterval(() => {
    keeping = keeping.then(() => inChunks([...here], deps.stayed))
  }, everyMs).unref()

  return {
    /** Somebody is connected to this node. */
    isHere(userId: Snowflake): void {
      if (here.has(userId)) return
      here.add(userId)
      say(userId, true)
    },
    /** Somebody has no connection to this node any more, and is so over all nodes. */
    isGone(userId: Snowflake, overall: Shown): void {
      here.delete(userId)
      if (overall === "offline") say(userId, false)
    },
    /** They were on a node that is gone, and nobody knows of another one. */
    lost(userIds: Iterable<Snowflake>): void {
      for (const id of userIds) if (!here.has(id)) say(id, false)
    },
    /** `alone`: there is no other node that anybody could be on. */
    async close(alone: boolean): Promise<void> {
      closed = true
      clearInterval(sweeping)
      if (alone) for (const id of here) say(id, false)
      await flush()
    },
  }
}
