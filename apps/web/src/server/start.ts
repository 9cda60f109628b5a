import { assertMigrated } from "@hearth/db"
import { deps } from "./deps.ts"
import { httpLog } from "./logger.ts"

/** Ends the process when it could not serve anyway. */
export const start = async (): Promise<void> => {
  try {
    const { db, store } = deps()
    await assertMigrated(db)
    httpLog().info({ store: store.kind }, "ready")
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
