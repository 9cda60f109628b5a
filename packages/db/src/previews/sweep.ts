import { sql } from "drizzle-orm"
import type { Database } from "../client.ts"

/** At 30 KB at most these are less than 600 MB, and mostly a third of it. */
export const MAX_PICTURES = 20_000

/** Takes away what has run out. Any node may, at any time. */
export const sweepPreviews = async (db: Database, maxPictures = MAX_PICTURES): Promise<void> => {
  await db.execute(sql`delete from link_previews where until < now()`)
  await db.execute(sql`delete from preview_wants where since < now() - interval '1 hour'`)
  await db.execute(sql`
    delete from preview_pictures where used_at < (
      select used_at from preview_pictures order by used_at desc offset ${maxPictures - 1} limit 1)`)
}
