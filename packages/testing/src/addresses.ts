import type { S3Access } from "./parts/index.ts"

/** Where the parts of this run are. Only those that the project of a test names are there. */
export interface Addresses {
  /** Of a database that `testDatabase` copies: migrated, and never written. */
  postgresTemplate?: string
  redis?: string
  s3?: S3Access
  cassandra?: { contactPoints: string[]; localDc: string }
}

declare module "vitest" {
  interface ProvidedContext {
    addresses: Addresses
  }
}
