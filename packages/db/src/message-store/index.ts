export { type CassandraStoreOptions, openCassandraStore } from "./cassandra.ts"
export type * from "./port.ts"
export { openPostgresStore, type PostgresStoreOptions } from "./postgres.ts"
