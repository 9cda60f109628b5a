import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export interface Folder {
  path: string
  /** False: it goes with its part. */
  keep: boolean
  remove: () => void
}

export const keptFolder = (path: string): Folder => ({ path, keep: true, remove: () => {} })

/** A folder of its own that other users may pass through: as root, PostgreSQL runs as one of them. */
export const temporaryFolder = (name: string): Folder => {
  const path = mkdtempSync(join(tmpdir(), `hearth-${name}-`))
  chmodSync(path, 0o711)
  return { path, keep: false, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}
