import pg from "pg"

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
