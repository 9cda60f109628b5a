import { type Database, schema } from "@hearth/db"
import { eq, sql } from "drizzle-orm"
import { type FileStore, newFileKey } from "./port.ts"

const { droppedFiles } = schema

/** So long has a file that was put to be given to somebody. */
const TO_BE_GIVEN = sql`interval '10 minutes'`
/** So long does one that could not be deleted wait for the next try. */
const NEXT_TRY = sql`interval '5 minutes'`
const AT_ONCE = 20

/** Puts a file that nobody has yet. Whoever gives it to somebody takes its key out of `droppedFiles` in the same transaction. */
export const putNew = async (db: Database, files: FileStore, body: Uint8Array): Promise<string> => {
  const key = newFileKey()
  // First: should this process end, somebody deletes it.
  await db.insert(droppedFiles).values({ key, at: sql`now() + ${TO_BE_GIVEN}` })
  await files.put(key, body)
  return key
}

/** Deletes what is due. Any number of nodes may do it at once. Throws UNAVAILABLE; what is left is tried again later. */
export const deleteDropped = async ({ db, files }: { db: Database; files: FileStore }): Promise<void> => {
  for (;;) {
    const { rows } = await db.execute<{ key: string }>(sql`
      update dropped_files set at = now() + ${NEXT_TRY} where key in (
        select key from dropped_files where at <= now() order by at limit ${AT_ONCE} for update skip locked)
      returning key`)
    for (const { key } of rows) {
      await files.delete(key)
      await db.delete(droppedFiles).where(eq(droppedFiles.key, key))
    }
    if (rows.length < AT_ONCE) return
  }
}

/** The same after a change. That something could not be deleted now is nothing to who asked for that: it is tried again. */
export const tidy = (deps: Parameters<typeof deleteDropped>[0]): Promise<void> => deleteDropped(deps).catch(() => {})
