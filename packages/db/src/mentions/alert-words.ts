import { compileKeywords, type Keywords, searchable, type Snowflake } from "@hearth/core"
import { sql } from "drizzle-orm"
import type { Database } from "../client.ts"
import type { OutboxRow } from "../outbox.ts"

/**
 * The keywords of the members of a server, as one matcher: what tells whether a message may alert somebody, so that most are
 * never asked of the database. It says when the consumer of mentions is woken, not what that writes: whatever it missed the
 * consumer finds with its next step.
 */
export interface AlertWords {
  /** Whether one of these texts may have a keyword of somebody in the channel's server. */
  mayAlert(channelId: Snowflake, contents: readonly string[]): Promise<boolean>
  /** Takes one outbox row in. */
  changed(row: OutboxRow): void
  /** Rows were missed. */
  missed(): void
}

/** Servers that are remembered: those that were loaded last. */
const MAX_GUILDS = 1_000
const MAX_CHANNELS = 50_000
/** A database that is away is left alone for so long: the consumer comes to what is said meanwhile. */
const REST_MS = 5_000

interface Guild {
  byUser: Map<Snowflake, readonly string[]>
  /** How many have each word. */
  count: Map<string, number>
  /** null: a word came or went since it was made. */
  keywords: Keywords | null
}

/**
 * Of members who have keywords, in one server: few, however many members it has. The planner goes by whichever are fewer, the
 * words or the members.
 */
export const alertWordsOf = async (db: Database, guildId: Snowflake): Promise<Map<Snowflake, string[]>> => {
  const { rows } = await db.execute<{ userId: Snowflake; words: string[] }>(sql`
    select a.user_id::text as "userId", array_agg(a.folded) as words from alerts a
    where exists (select from members m where m.guild_id = ${guildId}::bigint and m.user_id = a.user_id)
    group by a.user_id`)
  return new Map(rows.map(({ userId, words }) => [userId, words]))
}

/** A person's words become these. A matcher costs all words of its server: it stays unless one is new to them, or the last is gone. */
const setWords = (guild: Guild, userId: Snowflake, words: readonly string[]): void => {
  const { byUser, count } = guild
  const before = new Set(byUser.get(userId))
  const add = (word: string, by: 1 | -1): void => {
    const n = (count.get(word) ?? 0) + by
    if (n === 0) count.delete(word)
    else count.set(word, n)
    if (n === 0 || (n === 1 && by === 1)) guild.keywords = null
  }
  for (const word of words) if (!before.delete(word)) add(word, 1)
  for (const word of before) add(word, -1)
  if (words.length > 0) byUser.set(userId, words)
  else byUser.delete(userId)
}

/** `compile` is for tests, which count. */
export const openAlertWords = (
  db: Database,
  onError: (error: unknown) => void = () => {},
  compile = compileKeywords,
): AlertWords => {
  const guilds = new Map<Snowflake, Guild>()
  const guildOf = new Map<Snowflake, Snowflake>()
  const loads = new Map<Snowflake, Promise<Guild | null>>()
  let restsUntil = 0
  let turn: Promise<unknown> = Promise.resolve()

  /** One after the other: what is loaded and what changes it never cross. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }

  const load = async (channelId: Snowflake): Promise<Guild | null> => {
    let guildId = guildOf.get(channelId)
    if (guildId === undefined) {
      const { rows } = await db.execute<{ id: Snowflake }>(
        sql`select guild_id::text as id from channels where id = ${channelId}::bigint`,
      )
      guildId = rows[0]?.id
      if (guildId === undefined) return null
      if (guildOf.size >= MAX_CHANNELS) guildOf.clear()
      guildOf.set(channelId, guildId)
    }
    const known = guilds.get(guildId)
    if (known) return known
    const guild: Guild = { byUser: new Map(), count: new Map(), keywords: null }
    for (const [userId, words] of await alertWordsOf(db, guildId)) setWords(guild, userId, words)
    const [oldest] = guilds.keys()
    if (guilds.size >= MAX_GUILDS && oldest !== undefined) guilds.delete(oldest)
    guilds.set(guildId, guild)
    return guild
  }

  /** However many messages ask for it. */
  const loadOnce = (channelId: Snowflake): Promise<Guild | null> => {
    const known = loads.get(channelId)
    if (known) return known
    const fresh = inTurn(() => load(channelId)).finally(() => loads.delete(channelId))
    loads.set(channelId, fresh)
    return fresh
  }

  /** A person's words, in all servers that are remembered. */
  const refresh = async (userId: Snowflake): Promise<void> => {
    if (guilds.size === 0) return
    const { rows } = await db.execute<{ words: string[]; ids: Snowflake[] }>(sql`
      select array(select folded from alerts where user_id = ${userId}::bigint) as words,
        array(select guild_id::text from members where user_id = ${userId}::bigint) as ids`)
    const { words = [], ids = [] } = rows[0] ?? {}
    const now = new Set(ids)
    for (const [guildId, guild] of guilds) setWords(guild, userId, now.has(guildId) ? words : [])
  }

  const forget = (error: unknown): void => {
    guilds.clear()
    restsUntil = performance.now() + REST_MS
    onError(error)
  }

  const finds = (guild: Guild, contents: readonly string[]): boolean => {
    if (guild.count.size === 0) return false
    guild.keywords ??= compile(guild.count.keys())
    const { find } = guild.keywords
    return contents.some((content) => find(searchable(content)).size > 0)
  }

  return {
    async mayAlert(channelId, contents) {
      const guildId = guildOf.get(channelId)
      const known = guildId === undefined ? undefined : guilds.get(guildId)
      if (known) return finds(known, contents)
      if (performance.now() < restsUntil) return false
      const guild = await loadOnce(channelId).catch((error: unknown) => {
        if (performance.now() >= restsUntil) forget(error)
        return null
      })
      return guild !== null && finds(guild, contents)
    },
    changed({ kind, userId, guildId }) {
      if (userId !== undefined && (kind === "alerts:changed" || kind === "member:joined" || kind === "member:left"))
        inTurn(() => refresh(userId)).catch(forget)
      else if (kind === "guild:removed" && guildId !== undefined && userId === undefined)
        void inTurn(async () => guilds.delete(guildId))
    },
    missed() {
      void inTurn(async () => guilds.clear())
    },
  }
}
