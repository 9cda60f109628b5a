export type * from "./port.ts"
export { openPostgresStore, type PostgresStoreOptions } from "./postgres.ts"
