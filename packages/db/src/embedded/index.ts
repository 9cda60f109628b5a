export { EmbeddedPostgresError } from "./error.ts"
export { freePort } from "./free-port.ts"
export { descendants, type HeldOptions, type HeldProcess, spawnHeld } from "./held-process.ts"
export { type Postgres, type PostgresOptions, startPostgres } from "./postgres.ts"
