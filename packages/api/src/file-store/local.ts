import { randomBytes } from "node:crypto"
import { accessSync, closeSync, constants, fsyncSync, mkdirSync, openSync } from "node:fs"
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { checked, type FileStore, filesAway } from "./port.ts"

const DRAFT = ".part"

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT"

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const syncFolderNow = (path: string): void => {
  const folder = openSync(path, "r")
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** Where names came to be when `path` was made: above it, up to above the first that mkdir says it made. */
const grownBy = (path: string, first: string | undefined): string[] => {
  const grown: string[] = []
  if (first === undefined) return grown
  for (let at = resolve(path); at.length >= resolve(first).length; at = dirname(at)) grown.push(dirname(at))
  return grown
}

/** Written beside its place and moved there: who reads sees all of it or nothing, whatever ends in between. */
const write = async (path: string, body: Uint8Array): Promise<void> => {
  const folder = dirname(path)
  const draft = `${path}.${randomBytes(6).toString("hex")}${DRAFT}`
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
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
  // The one above always: whoever made the folder may not have come so far yet.
  for (const grown of new Set([resolve(folder), dirname(resolve(folder)), ...grownBy(folder, first)]))
    await syncFolder(grown)
}

/** The file, and what a process left beside it that ended while it wrote. */
const remove = async (path: string): Promise<void> => {
  await rm(path, { force: true })
  const folder = dirname(path)
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  for (const name of names)
    if (name.startsWith(`${basename(path)}.`) && name.endsWith(DRAFT)) await rm(join(folder, name), { force: true })
}

/**
 * Files in a folder. Where several web nodes run it is one that all of them share. Throws, with a sentence for the operator,
 * when it cannot be written.
 */
export const openLocalFiles = ({ folder }: { folder: string }): FileStore => {
  try {
    for (const grown of grownBy(folder, mkdirSync(folder, { recursive: true, mode: 0o700 }))) syncFolderNow(grown)
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
      await remove(path).catch((error: unknown) => {
        throw filesAway(error)
      })
    },
  }
}
