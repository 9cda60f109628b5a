"use client"

import type { Snowflake } from "@hearth/core"
import { onDemand, useOnDemand } from "@hearth/ui"
import { useEffect, useMemo, useState } from "react"
import { useBootstrap, useGatewayEvent } from "../gateway/provider.tsx"

// Comes with the first who writes.
const now = onDemand(() => import("./typing-now.tsx"))

const LASTS_MS = 6000

/** Who writes now: known for six seconds after each sign of it, or until the message is here. */
export const Typing = ({ channelId }: { channelId: Snowflake }) => {
  const me = useBootstrap((b) => b.me.id)
  const [until, setUntil] = useState<ReadonlyMap<Snowflake, number>>(new Map())

  useGatewayEvent("typing:started", ({ channelId: where, userId }) => {
    if (where !== channelId || userId === me) return
    setUntil((held) => new Map(held).set(userId, Date.now() + LASTS_MS))
  })
  useGatewayEvent("channel:changed", (packets) => {
    const wrote = packets.filter((p) => p.channelId === channelId).flatMap((p) => p.items.map((m) => m.authorId))
    setUntil((held) =>
      wrote.some((id) => held.has(id)) ? new Map([...held].filter(([id]) => !wrote.includes(id))) : held,
    )
  })
  useEffect(() => {
    if (until.size === 0) return
    const next = Math.min(...until.values()) - Date.now()
    const timer = setTimeout(
      () => setUntil((held) => new Map([...held].filter(([, end]) => end > Date.now()))),
      Math.max(50, next),
    )
    return () => clearTimeout(timer)
  }, [until])

  const userIds = useMemo(() => [...until.keys()], [until])
  const some = userIds.length > 0
  const drawn = useOnDemand(now, some, () => {})
  return some && drawn ? <drawn.TypingNow userIds={userIds} /> : null
}
