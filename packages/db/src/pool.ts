import pg from "pg"
import { Pulse, type PulseOptions, watchedBy } from "./pulse.ts"

/**
 * Connections to PostgreSQL that may break at any time. The pool listens to those that nobody uses; one that is in use and waits
 * between two queries of a transaction has nobody who would hear of its end, and Node ends a process for that. Whoever uses it
 * learns of it by the next query.
 */
export const openPool = (options: pg.PoolConfig, onError: (error: Error) => void): pg.Pool => {
  const pool = new pg.Pool({ keepAlive: true, ...options })
  pool.on("error", onError)
  pool.on("connect", (client) => client.on("error", () => {}))
  return pool
}

/**
 * The same for questions that may take seconds: while the server is frozen or gone they fail within one, and new ones at once.
 */
export const openWatchedPool = (
  { pulse: times, ...options }: pg.PoolConfig & { pulse?: Partial<PulseOptions> },
  onError: (error: Error) => void,
): pg.Pool => {
  const pulse = new Pulse({ config: { keepAlive: true, ...options }, ended: () => pool.ending, ...times })
  const pool = openPool({ ...options, Client: watchedBy(pulse) }, onError)
  return pool
}
