import { z } from "zod"

/** What somebody chose of who may do what with them, and what others see: those rules that were set now. */
export const OwnRules = z.object({
  /** Who is no friend writes a request first. */
  asksFirst: z.boolean().optional(),
  /** One takes friend requests. */
  open: z.boolean().optional(),
  /** Others see what one has received and read. */
  receipts: z.boolean().optional(),
  lastActive: z.boolean().optional(),
})
export type OwnRules = z.infer<typeof OwnRules>
