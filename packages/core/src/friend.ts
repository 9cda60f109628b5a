import { z } from "zod"
import { Millis, UserCard } from "./entity.ts"
import { FRIEND_CODE_LENGTH } from "./limits.ts"
import { ListRequest } from "./request.ts"
import { Snowflake } from "./snowflake.ts"

/** Letters and digits that nobody takes for others. */
export const FRIEND_CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
const shape = new RegExp(`^[${FRIEND_CODE_LETTERS}]{${FRIEND_CODE_LENGTH}}$`)

/** As it is kept: a name before `#`, dashes, spaces and case say nothing, and what looks alike is alike. */
const plainCode = (typed: string): string =>
  (typed.split("#").at(-1) ?? "").toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1")

/** What one gives to others, so that they find one. Its form is known; whether it is anybody's nobody is told. */
export const FriendCode = z
  .string()
  .max(200, "That is not a friend code.")
  .transform(plainCode)
  .refine((code) => shape.test(code), `A friend code has ${FRIEND_CODE_LENGTH} letters and digits.`)

/** To somebody whom one shares a server with, or to whoever has that code. */
export const AskFriendRequest = z
  .object({ userId: Snowflake.optional(), code: FriendCode.optional() })
  .refine(({ userId, code }) => (userId === undefined) !== (code === undefined), "Say who it is, or give a code.")
export const FriendAskRequest = z.object({ requestId: Snowflake })
export const FriendRequest = z.object({ userId: Snowflake })
export const ListFriendAsksRequest = ListRequest.extend({ way: z.enum(["in", "out"]) })

/** Of those that come in, who asks. Of one's own, whom one asked, or the code that one typed. */
export const FriendAsk = z.object({
  id: Snowflake,
  at: Millis,
  user: UserCard.optional(),
  code: z.string().optional(),
})
export type FriendAsk = z.infer<typeof FriendAsk>

/** What somebody is to one: `asked` by one, or asking. */
export const FriendState = z.object({ state: z.enum(["none", "friends", "asked", "asking"]) })
export type FriendState = z.infer<typeof FriendState>

/** Whether anybody may ask: people of one's servers, and who has one's code; or nobody. */
export const FriendRules = z.object({ open: z.boolean() })
export type FriendRules = z.infer<typeof FriendRules>

/** Somebody is a friend now. `asked`: how many wait for an answer. */
export const FriendAdded = z.object({ user: UserCard, asked: z.number().int().nonnegative() })
export const FriendRemoved = z.object({ userId: Snowflake })
export const FriendAsked = z.object({ asked: z.number().int().nonnegative() })
