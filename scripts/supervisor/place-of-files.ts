import { join, resolve } from "node:path"
import type { Config } from "./config.ts"

/** What tells web nodes where files lie: for all of this machine the same folder, wherever they run; or S3, as it was given. */
export const placeOfFiles = ({ env, dataDir }: Pick<Config, "env" | "dataDir">): { FILES_DIR?: string } => {
  if (env.FILES_DIR) return { FILES_DIR: resolve(env.FILES_DIR) }
  return env.S3_ENDPOINT ? {} : { FILES_DIR: join(dataDir, "files") }
}
