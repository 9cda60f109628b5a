import { z } from "zod"

/** 2010-01-01T00:00:00Z: early enough that imported history keeps its time in its ids. */
export const SNOWFLAKE_EPOCH = 1_262_304_000_000
const LOW_BITS = 22n
const LOW_MASK = (1n << LOW_BITS) - 1n
const MAX = (1n << 63n) - 1n

/** A time-sorted id: 41 bits of milliseconds since 2010-01-01, 22 low bits. A decimal string on the wire, bigint in stores. */
export const Snowflake = z
  .string()
  .regex(/^[1-9][0-9]{0,18}$/, { error: "That is not an id.", abort: true })
  .refine((s) => BigInt(s) <= MAX, "That is not an id.")
export type Snowflake = z.infer<typeof Snowflake>

/** The smallest id of that millisecond. `ms` is Unix time in milliseconds. */
export const snowflakeAt = (ms: number): bigint => BigInt(Math.max(0, Math.floor(ms) - SNOWFLAKE_EPOCH)) << LOW_BITS

/** Unix time in milliseconds at which the id was made. */
export const snowflakeTime = (id: Snowflake): number => Number(BigInt(id) >> LOW_BITS) + SNOWFLAKE_EPOCH

/** Makes ids of things that are not messages: 22 random low bits, since many processes make them without asking each other. */
export const newSnowflake = (now: number = Date.now()): Snowflake => {
  const low = BigInt(crypto.getRandomValues(new Uint32Array(1))[0]!) & LOW_MASK
  return (snowflakeAt(now) | low).toString()
}
