"use client"
import type { CatchUpItem, Snowflake } from "@hearth/core"
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react"
import { useList } from "../act/use-list.ts"
import { useBootstrap, useGateway, useReadMarks } from "../gateway/index.ts"
import type { Paged } from "../shell/use-paged.ts"
import { trpc } from "../trpc/index.ts"
import { entriesOf, type Entry, unreadChannels } from "./entries.ts"

/** What was written a moment ago is in the list a second later. */
const SETTLE_MS = 1500
const PAGE = 20
const MOST = 100

export interface CatchUpState {
  asks: Entry[]
  moved: Entry[]
  /** In the order in which one walks. */
  all: Entry[]
  paged: Paged<CatchUpItem>
  /** How many were done since this was opened. */
  done: number
  finish: (channelId: Snowflake) => void
}

/** What is left, kept true by what this browser hears; and read anew when it hears of more than it was told. */
export const useCatchUp = (): CatchUpState => {
  const client = useGateway()
  const readMarks = useReadMarks()
  const b = useBootstrap()
  const unread = useBootstrap(unreadChannels)
  const mentions = b.mentions
  const [done, setDone] = useState(0)
  const shown = useRef(0)
  // Read anew it is as long as it was: the entry one is at does not leave.
  const paged = useList<CatchUpItem>((cursor) =>
    trpc.catchUp.list.query(
      cursor ? { limit: PAGE, cursor } : { limit: Math.min(MOST, Math.max(PAGE, shown.current)) },
    ),
  )
  const { items, error, hasMore, loading, again, anew } = paged
  useEffect(() => {
    shown.current = items?.length ?? 0
  }, [items])
  const retry = useEffectEvent(() => {
    if (error) again()
  })
  useEffect(() => client.onOnline(() => retry()), [client])
  const { asks, moved } = useMemo(() => entriesOf(b, items ?? []), [b, items])
  const all = useMemo(() => [...asks, ...moved], [asks, moved])

  const missing = items !== null && !hasMore && unread > all.length
  useEffect(() => {
    if (!missing || loading) return
    const timer = setTimeout(anew, SETTLE_MS)
    return () => clearTimeout(timer)
    // `anew` is another one each time; what is missing is what counts, and what addresses the reader anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [missing, unread, mentions])

  const finish = (channelId: Snowflake) => {
    const head = client.snapshot()?.heads[channelId] ?? 0
    readMarks.release(channelId)
    // Said by the reader, not seen in passing: it is told at once.
    if (head > 0) readMarks.mark(channelId, head, 0)
    setDone(done + 1)
  }
  return { asks, moved, all, paged, done, finish }
}
