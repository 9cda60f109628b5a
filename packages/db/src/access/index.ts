export * from "./batched.ts"
export * from "./cache.ts"
export * from "./load.ts"
