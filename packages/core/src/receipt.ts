import { z } from "zod"
import { UserCard } from "./entity.ts"
import { MAX_CONVERSATIONS } from "./limits.ts"
import { Snowflake } from "./snowflake.ts"

const Mark = z.number().int().nonnegative()

/** How far one of a conversation's people has it: up to where a device of theirs received it, and up to where they read it. */
export const Receipt = z.object({ userId: Snowflake, delivered: Mark, read: Mark })
export type Receipt = z.infer<typeof Receipt>

/** By conversation. */
export const Receipts = z.record(Snowflake, z.array(Receipt))
export type Receipts = z.infer<typeof Receipts>

/** The same of everybody in a conversation but the reader, where nothing is told as if nothing had arrived. `since`: where they came in. */
export const PersonReceipt = z.object({ user: UserCard, since: Mark, delivered: Mark, read: Mark })
export type PersonReceipt = z.infer<typeof PersonReceipt>

/** What a device has: the newest `seq` that it was told of, by conversation. */
export const MarkReceipts = z.object({
  delivered: z
    .record(Snowflake, z.number().int().positive())
    .refine((marks) => Object.keys(marks).length <= MAX_CONVERSATIONS),
})

/** Whether one tells others what arrived and what one has read, and is told it by them. */
export const ReceiptRules = z.object({ shown: z.boolean() })
export type ReceiptRules = z.infer<typeof ReceiptRules>
