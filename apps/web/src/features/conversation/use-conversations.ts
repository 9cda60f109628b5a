"use client"
import type { Channel, Conversation, GuildSnapshot } from "@hearth/core"
import { useMemo } from "react"
import { useBootstrap } from "../gateway/index.ts"

export interface Talk extends GuildSnapshot {
  conversation: Conversation
  channel: Channel
}

// Rows are drawn anew for what changed, and not for its neighbours.
const known = new WeakMap<GuildSnapshot, Talk>()
const toTalk = (g: GuildSnapshot): Talk[] => {
  const [channel] = g.channels
  if (!g.conversation || !channel) return []
  const talk = known.get(g) ?? { ...g, conversation: g.conversation, channel }
  known.set(g, talk)
  return [talk]
}

/** Those of one's list, where somebody wrote last first; and apart from them what waits to be let in. */
export const useConversations = (): { talks: readonly Talk[]; requests: readonly Talk[] } => {
  const guilds = useBootstrap((b) => b.guilds)
  return useMemo(() => {
    const all = guilds.toReversed().flatMap(toTalk)
    return {
      talks: all.filter((g) => !g.conversation.pending),
      requests: all.filter((g) => g.conversation.pending),
    }
  }, [guilds])
}
