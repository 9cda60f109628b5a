export * from "./load.ts"
