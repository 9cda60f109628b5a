import type { Snowflake } from "@hearth/core"
import { browserStorage } from "../message/drafts.ts"

/** A draft as it travels: ids in place of names. */
export interface Written {
  content: string
  replyTo: number | null
}
export interface Agreed extends Written {
  version: number
  /** On its way when no answer came. */
  sent?: Written
}

export const NOTHING = { version: 0, content: "", replyTo: null } as const
export const same = (a: Written, b: Written): boolean => a.content === b.content && a.replyTo === b.replyTo
export const isNothing = (a: Written): boolean => same(a, NOTHING)

/** What this device and the account agreed on last, a channel each. It lies beside the drafts, and survives as they do. */
export const createAgreed = (
  userId: Snowflake,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null = browserStorage(),
) => {
  const held = new Map<Snowflake, Agreed | null>()
  const keyOf = (channelId: Snowflake) => `hearth:draft:${userId}:${channelId}:agreed`

  const read = (channelId: Snowflake): Agreed | null => {
    try {
      const stored = JSON.parse(storage?.getItem(keyOf(channelId)) ?? "null") as Agreed | null
      return typeof stored?.version === "number" && typeof stored.content === "string" ? stored : null
    } catch {
      return null
    }
  }

  return {
    /** null: nothing stands there. */
    get: (channelId: Snowflake): Agreed | null => {
      const known = held.get(channelId)
      if (known !== undefined) return known
      const stored = read(channelId)
      held.set(channelId, stored)
      return stored
    },
    set: (channelId: Snowflake, agreed: Agreed | null) => {
      held.set(channelId, agreed)
      try {
        if (agreed) storage?.setItem(keyOf(channelId), JSON.stringify(agreed))
        else storage?.removeItem(keyOf(channelId))
      } catch {
        // A full or forbidden storage: it holds as long as the page.
      }
    },
  }
}
