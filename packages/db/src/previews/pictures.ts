import { createHmac } from "node:crypto"
import { sql } from "drizzle-orm"
import type { Database, Queryable } from "../client.ts"

/** Keeps a picture under a name that follows from it, and that nobody can guess: the same one is kept once. */
export const keepPicture = async (db: Database, key: Buffer, body: Buffer): Promise<string> => {
  const id = createHmac("sha256", key).update(body).digest().subarray(0, 24).toString("base64url")
  await db.execute(sql`
    insert into preview_pictures (id, body, used_at) values (${id}, ${body}, now())
    on conflict (id) do update set used_at = now()`)
  return id
}

/** A card was made with it again. False: it is not kept any more. */
export const touchPicture = async (db: Database, id: string): Promise<boolean> => {
  const { rowCount } = await db.execute(sql`update preview_pictures set used_at = now() where id = ${id}`)
  return rowCount === 1
}

export const readPicture = async (q: Queryable, id: string): Promise<Buffer | null> => {
  const { rows } = await q.execute<{ body: Buffer }>(sql`select body from preview_pictures where id = ${id}`)
  return rows[0]?.body ?? null
}
