export * from "./cache.ts"
export * from "./load.ts"
