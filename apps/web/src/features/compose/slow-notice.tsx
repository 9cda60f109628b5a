"use client"
import type { Snowflake } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react"
import { useLengthOf } from "../../i18n/lengths.ts"
import { useBootstrap } from "../gateway/provider.tsx"
import { useServices } from "../message/services.tsx"
import { createLastSent } from "./last-sent.ts"
import { countdown, createTurn, latest } from "./slow-mode.ts"

/**
 * When one's turn comes, by one's newest message here: also one that was deleted, since it was sent. It may be in view, or
 * acknowledged, or be what the gateway refuses the next for; after a reload, far below the view, this browser remembers it.
 */
const useTurn = (channelId: Snowflake, seconds: number): number => {
  const { history, queue } = useServices()
  const me = useBootstrap((b) => b.me.id)
  const subscribe = useCallback(
    (f: () => void) => {
      const offs = [history.subscribe(channelId, f), queue.subscribe(f)]
      return () => {
        for (const off of offs) off()
      }
    },
    [history, queue, channelId],
  )
  const [read, lastAt, kept] = useMemo(() => {
    const store = createLastSent(me)
    const before = store.of(channelId)
    const last = (): number | undefined => {
      const shown = history.state(channelId).view.messages.findLast((m) => m.authorId === me)?.createdAt
      const { sentAt, until } = queue.turnOf(channelId)
      return latest([before, shown, sentAt, until && until - seconds * 1000])
    }
    return [createTurn(seconds, last), last, store] as const
  }, [history, queue, channelId, me, seconds])
  const until = useSyncExternalStore(subscribe, read)
  useEffect(() => {
    const at = lastAt()
    if (at !== undefined && until > Date.now()) kept.note(channelId, at)
  }, [lastAt, kept, channelId, until])
  return until
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
