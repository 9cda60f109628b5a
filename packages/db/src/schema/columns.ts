import { customType } from "drizzle-orm/pg-core"

/** bigint in the store, decimal string in TypeScript and on the wire. */
export const snowflake = customType<{ data: string; driverData: string }>({
  dataType: () => "bigint",
  fromDriver: (value) => String(value),
})

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" })

/** A 64-bit permission set. */
export const permissionSet = customType<{ data: bigint; driverData: string }>({
  dataType: () => "bigint",
  fromDriver: (value) => BigInt(value),
  toDriver: (value) => value.toString(),
})

/** Times from one until before another, as PostgreSQL writes them. */
export const timeRanges = customType<{ data: string; driverData: string }>({ dataType: () => "tstzmultirange" })
