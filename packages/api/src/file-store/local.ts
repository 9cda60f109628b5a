import { randomBytes } from "node:crypto"
import { accessSync, constants, mkdirSync } from "node:fs"
import { mkdir, open, readFile, rename, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { checked, type FileStore, filesAway } from "./port.ts"

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT"

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Written beside its place and moved there: who reads sees all of it or nothing, whatever ends in between. */
const write = async (path: string, body: Uint8Array): Promise<void> => {
  const folder = dirname(path)
  const draft = `${path}.${randomBytes(6).toString("hex")}.part`
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const file = await open(draft, "wx", 0o600)
    try {
      await file.writeFile(body)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw error
  }
  await syncFolder(folder)
}

/**
 * Files in a folder. Where several web nodes run it is one that all of them share. Throws, with a sentence for the operator,
 * when it cannot be written.
 */
export const openLocalFiles = ({ folder }: { folder: string }): FileStore => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The folder of files ${folder} cannot be used: ${reason}.`)
  }
  // So many that no folder holds more than its file system likes.
  const pathOf = (key: string): string => join(folder, checked(key).slice(0, 2), key)
  return {
    put: async (key, body) => {
      const path = pathOf(key)
      await write(path, body).catch((error: unknown) => {
        throw filesAway(error)
      })
    },
    get: async (key) => {
      const path = pathOf(key)
      try {
        return new Uint8Array(await readFile(path))
      } catch (error) {
        if (isMissing(error)) return null
        throw filesAway(error)
      }
    },
    delete: async (key) => {
      const path = pathOf(key)
      await rm(path, { force: true }).catch((error: unknown) => {
        throw filesAway(error)
      })
    },
  }
}
