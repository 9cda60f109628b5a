export { type MemoryRateLimitsOptions, openMemoryRateLimits } from "./memory.ts"
export type * from "./port.ts"
