import { z } from "zod"
import { PAGE_LIMIT } from "./limits.ts"
import { Snowflake } from "./snowflake.ts"

/** Whether one shows when one was last active, and so sees it of others who do. */
export const LastActiveRules = z.object({ shown: z.boolean() })
export type LastActiveRules = z.infer<typeof LastActiveRules>

export const LastActiveRequest = z.object({ userId: Snowflake })
export type LastActiveRequest = z.infer<typeof LastActiveRequest>

/** How long ago, in whole minutes, so that nobody's clock matters; null: it is not known, or not shown to the reader. */
export const LastActive = z.object({ agoMs: z.number().int().nonnegative().nullable() })
export type LastActive = z.infer<typeof LastActive>

export const LastActivesRequest = z.object({ userIds: z.array(Snowflake).max(PAGE_LIMIT) })
export type LastActivesRequest = z.infer<typeof LastActivesRequest>

/** The same of several. Who is not in it: it is not known, or not shown to the reader. */
export const LastActives = z.object({ agoMs: z.record(Snowflake, z.number().int().nonnegative()) })
export type LastActives = z.infer<typeof LastActives>
