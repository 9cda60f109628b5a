"use client"
import type { Message, Snowflake } from "@hearth/core"
import { useEffect, useEffectEvent, useState } from "react"
import { useBootstrap, useGateway, useGatewayEvent } from "../gateway/index.ts"
import { useServices } from "../message/services.tsx"
import { trpc } from "../trpc/index.ts"

interface Line {
  /** As long as the conversation is no longer than this, it is what was said last. */
  head: number
  message: Message | null
}
type Lines = ReadonlyMap<Snowflake, Line>

/** What was said last in each, asked for when something newer is there than is known. */
export const useLines = (ids: readonly Snowflake[]): Lines => {
  const client = useGateway()
  const { users } = useServices()
  const [lines, setLines] = useState<Lines>(new Map())
  const put = (news: readonly (readonly [Snowflake, Line])[]) =>
    setLines((old) => new Map([...old, ...news.filter(([id, line]) => line.head >= (old.get(id)?.head ?? 0))]))
  // Of those that are open everything is heard as it is.
  useGatewayEvent("channel:changed", (packets) => {
    const news = packets.flatMap(({ channelId, head, items }) => {
      const last = items.find((m) => m.seq === head)
      return last && ids.includes(channelId)
        ? [[channelId, { head, message: last.deleted ? null : last }] as const]
        : []
    })
    if (news.length > 0) put(news)
  })
  // With how long they are: what is written while the answer is awaited is asked for again.
  const stale = useBootstrap((b) =>
    ids.flatMap((id) => ((lines.get(id)?.head ?? -1) < (b.heads[id] ?? 0) ? `${id}:${b.heads[id] ?? 0}` : [])).join(),
  )
  const ask = useEffectEvent(async (asked: string) => {
    const heads = client.snapshot()?.heads ?? {}
    try {
      const conversationIds = asked.split(",").map((part) => part.replace(/:.*/, ""))
      const answer = await trpc.conversation.lines.query({ conversationIds })
      users.add(answer.flatMap(({ author }) => author ?? []))
      put(
        answer.map(({ id, message }) => [
          id,
          { head: Math.max(heads[id] ?? 0, message?.seq ?? 0), message: message ?? null },
        ]),
      )
    } catch {
      // The rows are there without them; the next connection asks again.
    }
  })
  useEffect(() => {
    if (stale === "") return
    return client.onOnline(() => void ask(stale))
  }, [client, stale])
  return lines
}
