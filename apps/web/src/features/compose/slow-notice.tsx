"use client"
import type { Snowflake } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react"
import { useLengthOf } from "../../i18n/lengths.ts"
import { useBootstrap } from "../gateway/provider.tsx"
import { useServices } from "../message/services.tsx"
import { countdown, createTurn } from "./slow-mode.ts"

/** When one's turn comes, by one's newest message here: also one that was deleted, since it was sent. */
const useTurn = (channelId: Snowflake, seconds: number): number => {
  const { history } = useServices()
  const me = useBootstrap((b) => b.me.id)
  const subscribe = useCallback((f: () => void) => history.subscribe(channelId, f), [history, channelId])
  const read = useMemo(
    () =>
      createTurn(seconds, () => history.state(channelId).view.messages.findLast((m) => m.authorId === me)?.createdAt),
    [history, channelId, me, seconds],
  )
  return useSyncExternalStore(subscribe, read)
}

const Countdown = ({ until }: { until: number }) => {
  const t = useTranslations("compose")
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() >= until) clearInterval(timer)
    }, 500)
    return () => clearInterval(timer)
  }, [until])
  if (now >= until) return null
  return (
    <span role="timer" aria-live="off">
      {t("slowWait", { time: countdown(until - now) })}
    </span>
  )
}

/** Says that the channel is slow, and counts down to one's turn. What is sent before waits by itself. */
export const SlowNotice = ({ channelId, seconds }: { channelId: Snowflake; seconds: number }) => {
  const t = useTranslations("compose")
  const lengthOf = useLengthOf()
  const until = useTurn(channelId, seconds)
  return (
    <div className="above slow">
      <span className="clip grow">{t("slow", { length: lengthOf(seconds) })}</span>
      {/* Another turn, another clock: the last one stood still since its own came. */}
      <Countdown key={until} until={until} />
    </div>
  )
}
