"use client"

import type { Snowflake } from "@hearth/core"
import { Face } from "@hearth/ui"
import { useEffect, useState } from "react"
import { useBootstrap, useGatewayEvent } from "../gateway/provider.tsx"
import { useServices } from "./services.tsx"

const LASTS_MS = 6000

/** Who writes now: known for six seconds after each sign of it, or until the message is here. */
export const Typing = ({ channelId }: { channelId: Snowflake }) => {
  const { users } = useServices()
  const me = useBootstrap((b) => b.me.id)
  const [until, setUntil] = useState<ReadonlyMap<Snowflake, number>>(new Map())

  useGatewayEvent("typing:started", ({ channelId: where, userId }) => {
    if (where !== channelId || userId === me) return
    users.want([userId])
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

  if (until.size === 0) return null
  const people = [...until.keys()].map((id) => ({
    id,
    name: users.get(id)?.displayName ?? "Somebody",
    portrait: users.get(id)?.portrait,
  }))
  const [first, second] = people
  const rest = people.length - 2
  const names =
    rest > 0
      ? `${first?.name}, ${second?.name} and ${rest} ${rest === 1 ? "other" : "others"}`
      : people.map((p) => p.name).join(" and ")
  return (
    <div className="typing">
      <span className="faces">
        {people.slice(0, 3).map((p) => (
          <Face key={p.id} id={p.id} name={p.name} portrait={p.portrait} size={20} />
        ))}
      </span>
      <span className="clip">
        {names} {people.length === 1 ? "is" : "are"} typing
      </span>
      <span className="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </div>
  )
}
