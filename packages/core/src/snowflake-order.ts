import type { Snowflake } from "./snowflake.ts"

/** Orders ids as numbers: shorter is older. */
export const compareSnowflakes = (a: Snowflake, b: Snowflake): number =>
  a.length !== b.length ? a.length - b.length : a < b ? -1 : a > b ? 1 : 0
