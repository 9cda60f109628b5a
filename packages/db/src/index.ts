export * from "./client.ts"
export * from "./outbox.ts"
export * from "./secret.ts"
export * as schema from "./schema/index.ts"
