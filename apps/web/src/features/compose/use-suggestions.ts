"use client"
import { can, type GuildSnapshot, type Snowflake, type UserCard } from "@hearth/core"
import { useLocale } from "next-intl"
import { useEffect, useMemo, useState } from "react"
import { type EmojiSet, inTone, loadEmoji, searchEmoji } from "../emoji/emoji.ts"
import { readOwnEmoji } from "../emoji/own-emoji.ts"
import { useBootstrap } from "../gateway/provider.tsx"
import { useServices } from "../message/services.tsx"
import { rulesOf } from "../shell/place.ts"
import type { Asked } from "./asked.ts"
import { MOST, type Suggestion, suggestChannels, suggestCommands, suggestEmoji, suggestPeople } from "./suggest.ts"
import { useFoundMembers } from "./use-found-members.ts"

const NEAR = 30
const none: Suggestion[] = []

/** Who wrote here, the last first. */
const useNear = (channelId: Snowflake, wanted: boolean): readonly UserCard[] => {
  const { history, users } = useServices()
  const me = useBootstrap((b) => b.me.id)
  const { messages } = history.state(channelId).view
  return useMemo(() => {
    const ids = new Set<Snowflake>()
    for (let i = messages.length - 1; wanted && i >= 0 && ids.size < NEAR; i--) {
      const author = messages[i]?.authorId
      if (author && author !== me) ids.add(author)
    }
    return [...ids].flatMap((id) => users.get(id) ?? [])
  }, [messages, wanted, me, users])
}

const mayCallAll = (snapshot: GuildSnapshot, channelId: Snowflake, userId: Snowflake): boolean => {
  const overwrites = snapshot.channels
    .find((c) => c.id === channelId)
    ?.overwrites.map((o) => ({ ...o, allow: BigInt(o.allow), deny: BigInt(o.deny) }))
  return can(rulesOf(snapshot), { userId, roleIds: snapshot.myRoleIds }, "MENTION_EVERYONE", overwrites)
}

/** What may stand there. */
export const useSuggestions = (guildId: Snowflake, channelId: Snowflake, asked: Asked | null): Suggestion[] => {
  const locale = useLocale()
  const snapshot = useBootstrap((b) => b.guilds.find((g) => g.guild.id === guildId))
  const me = useBootstrap((b) => b.me.id)
  const sign = asked?.sign
  const near = useNear(channelId, sign === "@")
  const [emoji, setEmoji] = useState<EmojiSet | null>(null)
  const query = asked?.query
  const members = useFoundMembers(guildId, sign === "@" ? query : undefined)

  useEffect(() => {
    if (sign !== ":") return
    let waits = true
    loadEmoji(locale).then(
      (set) => waits && setEmoji(set),
      () => {
        // Without a connection one types what one means.
      },
    )
    return () => {
      waits = false
    }
  }, [sign, locale])
  return useMemo(() => {
    if (!snapshot || query === undefined) return none
    if (sign === "/") return suggestCommands(query)
    if (sign === "#") return snapshot.conversation ? none : suggestChannels(query, snapshot)
    if (sign === ":") {
      if (!emoji) return none
      const { tone } = readOwnEmoji()
      return suggestEmoji(searchEmoji(emoji, query, MOST), (e) => inTone(e, tone))
    }
    const others = members.filter((p) => p.id !== me)
    return suggestPeople(query, near, others, snapshot, mayCallAll(snapshot, channelId, me))
  }, [snapshot, sign, query, emoji, near, members, channelId, me])
}
