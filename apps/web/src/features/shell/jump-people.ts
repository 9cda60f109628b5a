"use client"
import type { Snowflake, UserCard } from "@hearth/core"
import { useMemo } from "react"
import { useFoundMembers } from "../compose/use-found-members.ts"
import { useBootstrap } from "../gateway/index.ts"
import type { Drafts } from "../message/drafts.ts"
import { findChannel, useMay } from "../message/use-may.ts"
import { type Found, search } from "./jump-search.ts"
import { useAddress } from "./place.ts"

const MOST = 5

export interface Someone {
  id: string
  kind: "member"
  name: string
  where: string
  user: UserCard
}

/** The channel of a server that one is in, and may write in: there one can write to somebody. */
export const useHere = (): { guildId: Snowflake; channelId: Snowflake; name: string } | null => {
  const { channelId = "", catchUp } = useAddress()
  const id = catchUp?.channelId ?? channelId
  const may = useMay(id)
  const guildId = useBootstrap((b) => findChannel(b, id)?.snapshot.guild.id)
  const name = useBootstrap((b) => findChannel(b, id)?.channel.name)
  return useMemo(
    () =>
      may.send && guildId !== undefined && guildId !== id && name !== undefined
        ? { guildId, channelId: id, name }
        : null,
    [may.send, guildId, id, name],
  )
}

/** Members of the open server whose names begin with what is typed. */
export const usePeople = (guildId: Snowflake | undefined, typed: string, where: string): Found<Someone>[] => {
  const text = typed.trim()
  const me = useBootstrap((b) => b.me.id)
  const found = useFoundMembers(guildId ?? "0", guildId === undefined || text === "" ? undefined : text)
  return useMemo(
    () =>
      found
        .filter((user) => user.id !== me)
        .slice(0, MOST)
        .map((user) => {
          const item: Someone = { id: user.id, kind: "member", name: user.displayName, where, user }
          return search([item], text, 1)[0] ?? { item, from: 0, to: 0 }
        }),
    [found, me, text, where],
  )
}

/** Their name stands at the end of what one writes there, as if it had been picked. */
export const writeTo = (drafts: Drafts, channelId: Snowflake, { id, displayName }: UserCard): void => {
  const draft = drafts.get(channelId)
  const { text } = draft.editing ?? draft
  const before = text === "" || /\s$/.test(text) ? text : `${text} `
  const shown = `@${displayName}`
  drafts.type(channelId, `${before}${shown} `, [{ shown, wire: `<@${id}>`, at: before.length }])
}
