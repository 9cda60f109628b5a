import { inject } from "vitest"
import type { Addresses } from "./addresses.ts"

/** The address of a part of this run; a sentence when the test's file name does not ask for it. */
export const provided = <K extends keyof Addresses>(name: K): NonNullable<Addresses[K]> => {
  const found = inject("addresses")?.[name]
  if (found === undefined)
    throw new Error(
      `This test uses ${name}: name its file *.pg.test.ts, *.redis.test.ts, *.cassandra.test.ts or *.s3.test.ts.`,
    )
  return found
}
