import { join } from "node:path"
import { type Postgres, startPostgres } from "@hearth/db/embedded"
import { temporaryFolder } from "./folder.ts"
import { type Part, part } from "./part.ts"

export interface PostgresPart extends Part {
  /** Of an empty database. */
  url: string
  port: number
}

/** A PostgreSQL server for tests: quick, and gone with its data in the end. */
export const startTestPostgres = async (): Promise<PostgresPart> => {
  const folder = temporaryFolder("postgres")
  const boot = (port?: number): Promise<Postgres> =>
    startPostgres({ dataDir: join(folder.path, "data"), port, fast: true, maxConnections: 400 })
  try {
    const first = await boot()
    return { url: first.url, port: first.port, ...part(first, () => boot(first.port), folder) }
  } catch (error) {
    folder.remove()
    throw error
  }
}
