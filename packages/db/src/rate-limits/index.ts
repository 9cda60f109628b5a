export { type MemoryRateLimitsOptions, openMemoryRateLimits } from "./memory.ts"
export type * from "./port.ts"
export { openRedisRateLimits, type RedisRateLimitsOptions } from "./redis.ts"
