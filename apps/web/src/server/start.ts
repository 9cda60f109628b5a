import { deleteDropped } from "@hearth/api/file-store"
import { assertMigrated } from "@hearth/db"
import { deps } from "./deps.ts"
import { httpLog } from "./logger.ts"

const AGAIN_MS = 600_000

/** Files that nobody has any more, and that were not deleted when they were let go of. */
const deleteDroppedAgain = (): void => {
  const once = () =>
    void deleteDropped(deps()).catch((err: unknown) => httpLog().warn({ err }, "files wait to be deleted"))
  once()
  setInterval(once, AGAIN_MS).unref()
}

/** Ends the process when it could not serve anyway. */
export const start = async (): Promise<void> => {
  try {
    const { db, store } = deps()
    await assertMigrated(db)
    deleteDroppedAgain()
    httpLog().info({ store: store.kind }, "ready")
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
