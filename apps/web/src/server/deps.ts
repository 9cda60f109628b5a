import type { Deps } from "@hearth/api"
import { deriveKey, openDatabase } from "@hearth/db"
import { type MessageStore, openPostgresStore } from "@hearth/db/message-store"
import { openMemoryRateLimits } from "@hearth/db/rate-limits"
import { env } from "./env.ts"
import { dbLog } from "./logger.ts"
import { once } from "./once.ts"
import packageJson from "../../package.json" with { type: "json" }

const openStore = (): MessageStore => {
  const { DATABASE_URL, DATABASE_POOL, HEARTH_SECRET } = env()
  const macKey = deriveKey(HEARTH_SECRET, "body-mac")
  return openPostgresStore({ url: DATABASE_URL, max: DATABASE_POOL, macKey, onError: warn })
}

const warn = (err: Error) => dbLog().warn({ err }, "an idle connection broke")

/** What services are built on, by what the environment names. Opened when first needed, for the life of the process. */
export const deps = once("deps", (): Deps => {
  const { DATABASE_URL, DATABASE_POOL, HEARTH_SECRET, RATE_LIMIT_SCALE } = env()
  return {
    db: openDatabase({ url: DATABASE_URL, max: DATABASE_POOL, onError: warn }),
    store: openStore(),
    limits: openMemoryRateLimits(),
    secret: HEARTH_SECRET,
    version: packageJson.version,
    clock: Date.now,
    limitScale: RATE_LIMIT_SCALE,
  }
})
