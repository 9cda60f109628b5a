export * from "./account.ts"
export * from "./draft.ts"
export * from "./guild.ts"
export * from "./log.ts"
