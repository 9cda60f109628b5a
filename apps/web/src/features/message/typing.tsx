"use client"

import type { Snowflake } from "@hearth/core"
import { Faces } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useEffect, useMemo, useState } from "react"
import { useBootstrap, useGatewayEvent } from "../gateway/provider.tsx"
import { shortNames } from "../presence/short-names.ts"
import { usePeople } from "./services.tsx"

const LASTS_MS = 6000

/** Who writes now: known for six seconds after each sign of it, or until the message is here. */
export const Typing = ({ channelId }: { channelId: Snowflake }) => {
  const t = useTranslations("message.typing")
  const tCommon = useTranslations("common")
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

  const ids = useMemo(() => [...until.keys()], [until])
  const cards = usePeople(ids)
  if (ids.length === 0) return null
  const people = ids.map((id) => {
    const card = cards.find((c) => c.id === id)
    return { id, name: card?.displayName ?? tCommon("somebody"), portrait: card?.portrait }
  })
  const [first = "", second = ""] = shortNames(people.map((p) => p.name))
  const rest = people.length - 2
  return (
    <div className="typing">
      <Faces people={people} max={3} />
      <span className="clip">
        {rest < 0
          ? t("one", { name: first })
          : rest === 0
            ? t("two", { first, second })
            : t("more", { first, second, rest })}
      </span>
      <span className="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </div>
  )
}
