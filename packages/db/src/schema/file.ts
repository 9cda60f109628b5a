import { index, pgTable, text, timestamp } from "drizzle-orm/pg-core"

/**
 * Files that nobody has, to be deleted when it is time: what was put and has not been given to anybody yet, and, by triggers, what
 * was let go of.
 */
export const droppedFiles = pgTable(
  "dropped_files",
  {
    key: text().primaryKey(),
    /** When it is deleted, or tried to be once more. Not rounded: what is dropped now is due now. */
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [index("dropped_files_at").on(t.at)],
)
