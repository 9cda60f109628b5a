"use client"
import { addresses, type Listed, type MentionItem, type Snowflake } from "@hearth/core"
import { useEffect, useMemo, useRef } from "react"
import { useList } from "../act/use-list.ts"
import { useGateway, useGatewayEvent } from "../gateway/index.ts"
import { trpc } from "../trpc/index.ts"

const AT_ONCE = 20
const MOST = 100

const keyOf = ({ channelId, message }: MentionItem): string => `${channelId}/${message.seq}`

/** All that addresses the reader, read or not, the newest first, kept true while it is looked at. */
export const useMentions = () => {
  const client = useGateway()
  /** How often something changed: what was asked for before that may be older. */
  const heard = useRef(0)
  const read = async (limit: number, cursor?: string): Promise<Listed<MentionItem>> => {
    const before = heard.current
    const page = await trpc.mention.list.query({ limit, ...(cursor && { cursor }) })
    return before === heard.current ? page : read(limit, cursor)
  }
  const list = useList<MentionItem>((cursor) => read(AT_ONCE, cursor))
  const { change, anew, items, error } = list
  const shown = useRef(items)
  useEffect(() => {
    shown.current = items
  }, [items])
  const reading = useRef(false)

  /** Reads again what is shown, from the top: what lies below it stays, however far one has come in it. */
  const refresh = async (): Promise<void> => {
    heard.current++
    // What is being read for the first time, or here, is read once more.
    if (items === null) return error ? anew() : undefined
    if (reading.current) return
    reading.current = true
    try {
      const newest = await read(Math.min(MOST, Math.max(AT_ONCE, shown.current?.length ?? 0)))
      const known = new Set(newest.items.map(keyOf))
      const isKnown = (item: MentionItem) => known.has(keyOf(item))
      if (newest.next === null) change(() => newest.items)
      else if (shown.current?.some(isKnown))
        change((all) => [...newest.items, ...all.slice(all.findLastIndex(isKnown) + 1)])
      // More was missed than is read at once: what lies between is not known.
      else anew()
    } catch {
      // Said in the list, with a button to try again.
      anew()
    }
    reading.current = false
  }
  /** By the channel that a thread hangs in: of threads in which nothing is unread the snapshot does not know it. */
  const isOwn = (channelId: Snowflake, targetId: Snowflake): boolean => {
    const b = client.snapshot()
    return b !== null && addresses(b, { channelId, targetId })
  }
  useGatewayEvent("mention:added", ({ channelId, parentId = channelId, targetId }) => {
    if (isOwn(parentId, targetId)) void refresh()
  })
  // Deleted, or edited so that it addresses nobody in that way any more: it may do so in another.
  useGatewayEvent("mention:removed", ({ channelId, seq, targetId }) => {
    const isIt = (item: MentionItem) => item.channelId === channelId && item.message.seq === seq
    if (!isOwn(items?.find(isIt)?.parentId ?? channelId, targetId)) return
    change((all) => all.filter((item) => !isIt(item)))
    void refresh()
  })
  // Told at each connection: of what came and went before it nobody was told.
  useGatewayEvent("mention:unread", ({ all }) => void (all && refresh()))
  // Of a page that was read before something else left the list, the first may be here already.
  const unique = useMemo(() => items && [...new Map(items.map((item) => [keyOf(item), item])).values()], [items])
  return { ...list, items: unique }
}
