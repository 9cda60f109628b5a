import { type Opening, opening } from "@hearth/api"
import { headers } from "next/headers"
import { FIRST_PAGE } from "../message/first-page.ts"
import { addressOf } from "../shell/address.ts"
import { pageCaller } from "../shell/caller.ts"
import type { StillPage } from "./still-rows.tsx"

/** More fit on no screen that is loading. */
const SHOWN = 15
/** Whoever waits longer sees the bones that they would have seen anyway. */
const LIMIT_MS = 400

/** Where the timeline begins at what is new, and not at its end, it stands elsewhere than what a server could draw. */
export const beginsAtEnd = ({ lastReadSeq, head }: Pick<Opening, "lastReadSeq" | "head">): boolean =>
  lastReadSeq >= head || lastReadSeq < head - FIRST_PAGE

const read = async (channelId: string): Promise<StillPage | null> => {
  const { context, session } = await pageCaller()
  if (!session) return null
  const found = await opening({ ...context, session }, { channelId, limit: SHOWN })
  return found.messages.length > 0 && beginsAtEnd(found) ? { ...found, me: session.userId } : null
}

/** What stands in a channel that a document is opened at; null: it is another place, or was not to be had in time. */
export const readStill = async (): Promise<StillPage | null> => {
  const sent = await headers()
  if (sent.get("sec-fetch-dest") !== "document") return null
  const { channelId, seq, thread, catchUp } = addressOf((sent.get("x-path") ?? "").replace(/\?.*/, ""))
  if (!channelId || !/^[0-9]{1,20}$/.test(channelId) || seq !== undefined || thread || catchUp) return null
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LIMIT_MS)
  })
  // Whatever keeps it from being had, the page says so itself, in its own place.
  const still = read(channelId).catch(() => null)
  return Promise.race([still, late]).finally(() => clearTimeout(timer))
}
