import type { Shown, Snowflake } from "@hearth/core"
import type { Logger } from "../logger.ts"

const CHUNK = 1_000

/**
 * Keeps when people were last active: when they were last said to be here, and at every while before that. It is made from what
 * everybody may see and from nothing else, so of who is invisible it knows what is known of who is not there.
 */
export const createLastActive = (deps: {
  keep: (userIds: readonly Snowflake[]) => Promise<void>
  /** How often it is kept of those who stay, and how long those who leave together gather, in ms. */
  everyMs: number
  gatherMs: number
  log: Logger
}) => {
  const { keep, everyMs, gatherMs, log } = deps
  const active = new Set<Snowflake>()
  const left = new Set<Snowflake>()
  let gathering: NodeJS.Timeout | undefined
  let keeping: Promise<void> = Promise.resolve()

  const keepAll = async (userIds: readonly Snowflake[]): Promise<void> => {
    try {
      for (let i = 0; i < userIds.length; i += CHUNK) await keep(userIds.slice(i, i + CHUNK))
    } catch (error) {
      // What is known of them is a while old, and next time it is right again.
      log.warn({ err: (error as Error).message }, "when people were last active could not be kept")
    }
  }
  /** One after the other: who stays is not kept after who left. */
  const keepLater = (userIds: readonly Snowflake[]): void => {
    if (userIds.length > 0) keeping = keeping.then(() => keepAll(userIds))
  }
  const flush = () => {
    gathering = undefined
    keepLater([...left])
    left.clear()
  }
  const sweeping = setInterval(() => keepLater([...active]), everyMs).unref()

  return {
    /** How this node says that somebody is, whether or not others hear it. */
    isNow(userId: Snowflake, shown: Shown): void {
      if (shown === "online" || shown === "phone" || shown === "dnd") active.add(userId)
      else if (active.delete(userId)) {
        left.add(userId)
        gathering ??= setTimeout(flush, gatherMs).unref()
      }
    },
    close(): void {
      clearInterval(sweeping)
      clearTimeout(gathering)
    },
  }
}
