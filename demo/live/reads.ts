import type { Deps } from "@hearth/api"
import { signInAs } from "../fill/caller.ts"
import { me } from "../fill/account.ts"
import type { Filled } from "../fill/fill.ts"
import { joinIn } from "./voice.ts"

/** What the demo's person has read: nearly everything, but for a few channels. Said once for each, by their own connection. */
export const markRead = async (deps: Deps, filled: Filled, url: string): Promise<void> => {
  const caller = await signInAs(deps, filled.userId)
  const voice = joinIn(url, caller, me)
  try {
    await voice.ready
    for (const { channelId, plan, count } of filled.channels)
      if (!voice.read.has(channelId)) await voice.mark(channelId, Math.max(0, count - (plan.unread ?? 0)))
  } finally {
    voice.leave()
    await caller.signOut()
  }
}
