import type { OwnStatus, Snowflake, StatusLine } from "@hearth/core"
import type { Database } from "@hearth/db"
import { statusesOf } from "@hearth/db/status"

type Said = Pick<OwnStatus, "version" | "custom">

/** What the watched say of themselves: read once, then kept by the outbox. */
export const createStatusLines = (deps: {
  db: Database
  now: () => number
  isWatched: (userId: Snowflake) => boolean
}) => {
  const { db, now, isWatched } = deps
  const known = new Map<Snowflake, Said>()
  /** Who became invisible, and is seen for a while as they were. */
  const fading = new Set<Snowflake>()
  const take = (userId: Snowflake, { version, custom }: Said): void => {
    if (isWatched(userId) && version >= (known.get(userId)?.version ?? 0))
      known.set(userId, { version, ...(custom && { custom }) })
  }
  return {
    /** What the outbox says. Whoever leaves is seen for a while as they were: what they change then nobody hears. */
    changed(userId: Snowflake, own: OwnStatus): void {
      if (own.state !== "invisible") {
        fading.delete(userId)
        take(userId, own)
      } else if (known.has(userId)) fading.add(userId)
    },
    /** They are seen to be away. When they are back, what they said before they were invisible is not what they say. */
    away(userId: Snowflake): void {
      if (fading.delete(userId)) known.delete(userId)
    },
    /**
     * Those of the watched that are not known yet; answers who of them has a line. What the outbox says meanwhile is the newer, in
     * whichever order they come.
     */
    async load(userIds: readonly Snowflake[]): Promise<Snowflake[]> {
      const unknown = userIds.filter((id) => isWatched(id) && !known.has(id))
      if (unknown.length === 0) return []
      const statuses = await statusesOf(db, unknown)
      for (const id of unknown) {
        const own = statuses.get(id)
        take(id, own && own.state !== "invisible" ? own : { version: 0 })
      }
      return unknown.filter((id) => known.get(id)?.custom)
    },
    /** The line, and the version to tell it by; none once it has run out. */
    of(userId: Snowflake): { version: number; line: StatusLine } | undefined {
      const { version = 0, custom } = known.get(userId) ?? {}
      if (!custom) return undefined
      const { until, ...line } = custom
      if (until === undefined) return { version, line }
      const leftMs = Math.floor(until - now())
      return leftMs > 0 ? { version, line: { ...line, leftMs } } : undefined
    },
    forget(userId: Snowflake): void {
      fading.delete(userId)
      known.delete(userId)
    },
  }
}
export type StatusLines = ReturnType<typeof createStatusLines>
