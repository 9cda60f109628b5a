import type { Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import { batched } from "../access/batched.ts"
import type { Queryable } from "../client.ts"

/** The message that a thread hangs on. */
export interface ThreadPlace {
  channelId: Snowflake
  seq: number
}

export interface ThreadPlaces {
  /** undefined: no thread that was learned. */
  of(id: Snowflake): ThreadPlace | undefined
  /** The same for what goes through all that there is: it keeps nothing from being forgotten. */
  peek(id: Snowflake): ThreadPlace | undefined
  /** Looks up those of the ids that are threads. Rejects when PostgreSQL is away. */
  learn(ids: Iterable<Snowflake>): Promise<void>
}

const KEPT = 100_000

/**
 * Where threads hang, by their ids. A thread never moves, so what is learned once holds for ever: of one that went with its
 * channel it is that channel which is not there any more. Of very many, those that nobody asked for longest are forgotten.
 */
export const createThreadPlaces = (db: Queryable, kept = KEPT): ThreadPlaces => {
  const places = new Map<Snowflake, ThreadPlace>()

  const find = batched(async (ids: Snowflake[]): Promise<(ThreadPlace | null)[]> => {
    const { rows } = await db.execute<{ id: Snowflake; channelId: Snowflake; seq: number }>(sql`
      select id::text as id, channel_id::text as "channelId", seq::float8 as seq from threads
      where id = any(${`{${ids.join()}}`}::bigint[])`)
    const found = new Map(rows.map(({ id, channelId, seq }) => [id, { channelId, seq }]))
    return ids.map((id) => found.get(id) ?? null)
  })

  const touch = (id: Snowflake, place: ThreadPlace): void => {
    // In order of use: the oldest are first.
    places.delete(id)
    places.set(id, place)
    if (places.size <= kept) return
    const [oldest] = places.keys()
    if (oldest !== undefined) places.delete(oldest)
  }

  return {
    of(id) {
      const place = places.get(id)
      if (place) touch(id, place)
      return place
    },
    peek: (id) => places.get(id),
    async learn(ids) {
      await Promise.all(
        [...ids].map(async (id) => {
          const place = places.get(id) ?? (await find(id))
          if (place) touch(id, place)
        }),
      )
    },
  }
}
