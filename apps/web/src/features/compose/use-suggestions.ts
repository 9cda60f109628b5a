"use client"
import { can, type GuildSnapshot, type Snowflake, type UserCard } from "@hearth/core"
import { useLocale } from "next-intl"
import { useEffect, useMemo, useReducer, useState } from "react"
import { type EmojiSet, inTone, loadEmoji, searchEmoji } from "../emoji/emoji.ts"
import { readOwnEmoji } from "../emoji/own-emoji.ts"
import { useBootstrap } from "../gateway/provider.tsx"
import { useServices } from "../message/services.tsx"
import { rulesOf } from "../shell/place.ts"
import { trpc } from "../trpc/client.ts"
import type { Asked } from "./asked.ts"
import { createMemberSearch, type MemberSearch } from "./member-search.ts"
import { MOST, type Suggestion, suggestChannels, suggestEmoji, suggestPeople } from "./suggest.ts"

const NEAR = 30
const none: Suggestion[] = []

// Kept for as long as the page: names that were asked for once answer at once.
const searches = new Map<Snowflake, { search: MemberSearch; listeners: Set<() => void> }>()
const searchOf = (guildId: Snowflake, onPeople: (people: readonly UserCard[]) => void) => {
  const known = searches.get(guildId)
  if (known) return known
  const listeners = new Set<() => void>()
  const search = createMemberSearch(
    (prefix, limit) => trpc.member.search.query({ guildId, prefix, limit }),
    (people) => {
      onPeople(people)
      for (const f of listeners) f()
    },
  )
  const made = { search, listeners }
  searches.set(guildId, made)
  return made
}

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

/** What may stand there. People who are known here at once, others as soon as the server names them. */
export const useSuggestions = (guildId: Snowflake, channelId: Snowflake, asked: Asked | null): Suggestion[] => {
  const { users } = useServices()
  const locale = useLocale()
  const snapshot = useBootstrap((b) => b.guilds.find((g) => g.guild.id === guildId))
  const me = useBootstrap((b) => b.me.id)
  const sign = asked?.sign
  const near = useNear(channelId, sign === "@")
  const [answers, answered] = useReducer((n: number) => n + 1, 0)
  const [emoji, setEmoji] = useState<EmojiSet | null>(null)
  const { search, listeners } = searchOf(guildId, users.add)

  useEffect(() => {
    listeners.add(answered)
    return () => void listeners.delete(answered)
  }, [listeners])
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
  // Asked when it is typed, and not when it is drawn.
  const query = asked?.query
  useEffect(() => {
    if (sign === "@" && query !== undefined) search.find(query)
  }, [search, sign, query])

  return useMemo(() => {
    void answers
    if (!snapshot || query === undefined) return none
    if (sign === "#") return suggestChannels(query, snapshot)
    if (sign === ":") {
      if (!emoji) return none
      const { tone } = readOwnEmoji()
      return suggestEmoji(searchEmoji(emoji, query, MOST), (e) => inTone(e, tone))
    }
    const others = search.known(query).filter((p) => p.id !== me)
    return suggestPeople(query, near, others, snapshot, mayCallAll(snapshot, channelId, me))
  }, [answers, snapshot, sign, query, emoji, near, search, channelId, me])
}
