export * from "./account.ts"
export * from "./guild.ts"
export * from "./log.ts"
export * from "./pin.ts"
