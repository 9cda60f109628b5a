"use client"
import type { Snowflake } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { useWhen } from "../shell/when.ts"
import { askLastActive } from "./ask-last-active.ts"

/** Who has just left is kept about when it is told. */
const SOON_MS = 5_000
const AGAIN_MS = 60_000

/**
 * Of somebody who is not here: when they were, as far as both show it; else that they are not here. Asked again while somebody can
 * read it and there is an answer. Without an id nothing is asked.
 */
export const useLastActive = (userId: Snowflake | undefined): string => {
  const t = useTranslations("status")
  const tPresence = useTranslations("common.presence")
  const when = useWhen()
  const [known, setKnown] = useState<{ at: number | null }>({ at: null })
  useEffect(() => {
    if (userId === undefined) return
    const stop = new AbortController()
    const { signal } = stop
    let timer: ReturnType<typeof setTimeout>
    const ask = async (next: number): Promise<void> => {
      if (document.hidden)
        return document.addEventListener("visibilitychange", () => void ask(next), { once: true, signal })
      const answer = await askLastActive(userId).catch(() => undefined)
      if (signal.aborted) return
      // Also the same anew, and what was known when no answer comes: time has passed.
      setKnown((old) => (answer === undefined ? { ...old } : { at: answer === null ? null : Date.now() - answer }))
      // Not shown to the reader, and not only not kept yet.
      if (answer === null && next === AGAIN_MS) return
      timer = setTimeout(() => void ask(AGAIN_MS), next)
    }
    void ask(SOON_MS)
    return () => {
      stop.abort()
      clearTimeout(timer)
      setKnown({ at: null })
    }
  }, [userId])
  return known.at === null ? tPresence("offline") : t("lastActive", { when: when(known.at) })
}

export const LastActive = ({ userId }: { userId: Snowflake }) => useLastActive(userId)
