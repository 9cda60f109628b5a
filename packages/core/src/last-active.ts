import { z } from "zod"
import { Snowflake } from "./snowflake.ts"

/** Whether one shows when one was last active, and so sees it of others who do. */
export const LastActiveRules = z.object({ shown: z.boolean() })
export type LastActiveRules = z.infer<typeof LastActiveRules>

export const LastActiveRequest = z.object({ userId: Snowflake })
export type LastActiveRequest = z.infer<typeof LastActiveRequest>

/** How long ago, in whole minutes, so that nobody's clock matters; null: it is not known, or not shown to the reader. */
export const LastActive = z.object({ agoMs: z.number().int().nonnegative().nullable() })
export type LastActive = z.infer<typeof LastActive>
