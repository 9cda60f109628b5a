import { randomBytes } from "node:crypto"
import { accessSync, constants, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { StartError } from "./start-error.ts"

/** Makes the folder where it is missing. */
export const openDataFolder = (path: string) => {
  try {
    // Others may pass, not look: as root, PostgreSQL runs as another user.
    mkdirSync(path, { recursive: true, mode: 0o711 })
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    if (!statSync(path).isDirectory()) throw new Error("it is not a folder")
  } catch (error) {
    throw new StartError(
      `The data folder ${path} cannot be used: ${error instanceof Error ? error.message : String(error)}. Set its owner and permissions right, or choose another with HEARTH_DATA.`,
    )
  }
}

/** The deployment's secret: given, or made once and kept beside the data it protects. */
export const readSecret = (dataDir: string, given: string | undefined): string => {
  if (given !== undefined) return given
  const path = join(dataDir, "secret")
  try {
    writeFileSync(path, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  }
  const secret = readOrThrow(path)
  if (secret.length < 32) {
    throw new StartError(
      `The file ${path} is broken: it holds fewer than 32 characters. Bring it back from a backup; without it nobody stays signed in.`,
    )
  }
  return secret
}

const readOrThrow = (path: string) => {
  try {
    return readFileSync(path, "utf8").trim()
  } catch (error) {
    throw new StartError(`The file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
