import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A folder of its own that other users may pass through: as root, PostgreSQL runs as one of them. */
export const temporaryFolder = (name: string) => {
  const path = mkdtempSync(join(tmpdir(), `hearth-${name}-`))
  chmodSync(path, 0o711)
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}
