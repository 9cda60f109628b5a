import { setTimeout as pass } from "node:timers/promises"
import { AppError } from "@hearth/core"
import { type Database, schema, type Transaction } from "@hearth/db"
import { and, eq, sql } from "drizzle-orm"
import { type FileStore, newFileKey } from "./port.ts"

const { droppedFiles } = schema

/** So long has a file that was put to be given to somebody. */
const TO_BE_GIVEN = sql`interval '10 minutes'`
/** So long does one that could not be deleted wait for the next try. */
const NEXT_TRY = sql`interval '5 minutes'`
const AT_ONCE = 20
/** What who asked for a change stays for: what they let go of, and little of what others did. */
const TIDIED = 3
const TIDY_PATIENCE_MS = 1000

interface Files {
  db: Database
  files: FileStore
}

/** A file that nobody has yet. Its time is PostgreSQL's own, to the microsecond, which a Date does not hold. */
export interface NewFile {
  key: string
  at: string
}

/** Puts a file that nobody has yet. Whoever gives it to somebody takes it with `takeNew` in the same transaction. */
export const putNew = async (db: Database, files: FileStore, body: Uint8Array): Promise<NewFile> => {
  const key = newFileKey()
  // First: should this process end, somebody deletes it.
  const [row] = await db
    .insert(droppedFiles)
    .values({ key, at: sql`now() + ${TO_BE_GIVEN}` })
    .returning({ at: sql<string>`${droppedFiles.at}::text` })
  if (!row) throw new Error("a row that was written did not come back")
  await files.put(key, body)
  return { key, at: row.at }
}

/** Throws UNAVAILABLE when its time was over meanwhile, and somebody deletes it: who claims a file moves its time. */
export const takeNew = async (tx: Transaction, { key, at }: NewFile): Promise<void> => {
  const taken = await tx
    .delete(droppedFiles)
    .where(and(eq(droppedFiles.key, key), sql`${droppedFiles.at} = ${at}::timestamptz`))
    .returning({ key: droppedFiles.key })
  if (taken.length === 0)
    throw new AppError("UNAVAILABLE", "That took too long. Please try again.", { retryAfterMs: 1000 })
}

/** Claims and deletes some of what is due. Each is tried: `failures` are of those that were not deleted. */
const deleteSome = async (
  { db, files }: Files,
  { limit, order }: { limit: number; order: "asc" | "desc" },
): Promise<{ found: number; failures: unknown[] }> => {
  const { rows } = await db.execute<{ key: string }>(sql`
    update dropped_files set at = now() + ${NEXT_TRY} where key in (
      select key from dropped_files where at <= now() order by at ${sql.raw(order)} limit ${limit} for update skip locked)
    returning key`)
  const failures: unknown[] = []
  for (const { key } of rows) {
    try {
      await files.delete(key)
      await db.delete(droppedFiles).where(eq(droppedFiles.key, key))
    } catch (error) {
      failures.push(error)
    }
  }
  return { found: rows.length, failures }
}

/**
 * Deletes what is due. Any number of nodes may do it at once. What could not be deleted is tried again later, and the first
 * reason is thrown at the end.
 */
export const deleteDropped = async (deps: Files): Promise<void> => {
  const failures: unknown[] = []
  for (;;) {
    const some = await deleteSome(deps, { limit: AT_ONCE, order: "asc" })
    failures.push(...some.failures)
    // Where none could be deleted the store is away: asked for each of the rest, it would only take its time.
    if (some.found < AT_ONCE || some.failures.length === some.found) break
  }
  if (failures.length > 0) throw failures[0]
}

/**
 * A little of the same after a change, the newest first: who asked for that waits for theirs, and neither for the rest nor for
 * a slow store. That something could not be deleted is nothing to them: it is tried again.
 */
export const tidy = async (deps: Files & { onLeftOver?: (error: unknown) => void }): Promise<void> => {
  const failed = (error: unknown) => deps.onLeftOver?.(error)
  const tidied = deleteSome(deps, { limit: TIDIED, order: "desc" }).then(({ failures }) => {
    if (failures.length > 0) failed(failures[0])
  }, failed)
  await Promise.race([tidied, pass(TIDY_PATIENCE_MS, undefined, { ref: false })])
}
