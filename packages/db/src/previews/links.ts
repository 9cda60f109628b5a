import { createHmac } from "node:crypto"
import { PreviewPicture } from "@hearth/core"
import { sql } from "drizzle-orm"
import { z } from "zod"
import type { Database } from "../client.ts"
import type { Bodies } from "../message-store/bodies.ts"

/** Longer than a link takes that is read twice. */
const FETCHING_MS = 45_000
export const KEEP_MS = 7 * 86_400_000
export const KEEP_NOTHING_MS = 3_600_000

/** What a card says, but for the link itself. */
const FoundLink = z.object({
  site: z.string(),
  title: z.string(),
  text: z.string().optional(),
  picture: PreviewPicture.optional(),
})
export type FoundLink = z.infer<typeof FoundLink>

export const hashOfLink = (key: Buffer, url: string): Buffer => createHmac("sha256", key).update(url).digest()
const placeOf = (hash: Buffer): string => `link:${hash.toString("base64url")}`

/** What is known of a link: something, nothing, or not yet. */
export const readLink = async (
  db: Database,
  bodies: Bodies,
  hash: Buffer,
): Promise<{ found: FoundLink | null } | null> => {
  const { rows } = await db.execute<{ found: Buffer | null }>(sql`
    select found from link_previews where hash = ${hash} and fetched and until > now()`)
  const [row] = rows
  if (!row) return null
  if (row.found === null) return { found: null }
  try {
    return { found: FoundLink.parse(JSON.parse(bodies.open(row.found, placeOf(hash)))) }
  } catch {
    // It lies under a key that was taken out of the ring, or is of another version: it is fetched anew.
    await forgetLink(db, hash)
    return null
  }
}

/** It is fetched anew by who asks next. */
export const forgetLink = async (db: Database, hash: Buffer): Promise<void> => {
  await db.execute(sql`delete from link_previews where hash = ${hash} and fetched`)
}

/** Whether it is for this caller to fetch: one at a time is, whatever node it is on. */
export const claimLink = async (db: Database, hash: Buffer): Promise<boolean> => {
  const { rowCount } = await db.execute(sql`
    insert into link_previews (hash, until) values (${hash}, now() + make_interval(secs => ${FETCHING_MS / 1000}))
    on conflict (hash) do update set fetched = false, until = excluded.until
    where link_previews.until <= now()`)
  return rowCount === 1
}

/** It was not fetched after all. */
export const releaseLink = async (db: Database, hash: Buffer): Promise<void> => {
  await db.execute(sql`delete from link_previews where hash = ${hash} and not fetched`)
}

/** Keeps what was found, or for a shorter while that nothing was. */
export const keepLink = async (db: Database, bodies: Bodies, hash: Buffer, found: FoundLink | null): Promise<void> => {
  const body = found && bodies.seal(JSON.stringify(found), placeOf(hash))
  const keepMs = found ? KEEP_MS : KEEP_NOTHING_MS
  await db.execute(sql`
    update link_previews set fetched = true, found = ${body}, until = now() + make_interval(secs => ${keepMs / 1000})
    where hash = ${hash}`)
}
