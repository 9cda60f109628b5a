"use client"
import type { Snowflake } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { useWhen } from "../shell/when.ts"
import { trpc } from "../trpc/index.ts"

/** Who has just left is kept about when it is told. */
const SOON_MS = 5_000
const AGAIN_MS = 60_000

/** Of somebody who is not here: when they were, as far as both show it; else that they are not here. */
export const LastActive = ({ userId }: { userId: Snowflake }) => {
  const t = useTranslations("status")
  const tPresence = useTranslations("common.presence")
  const when = useWhen()
  const [known, setKnown] = useState<{ at: number | null }>({ at: null })
  useEffect(() => {
    let waits = true
    // Also the same anew, and what was known when no answer comes: time has passed.
    const ask = () =>
      trpc.lastActive.of.query({ userId }).then(
        ({ agoMs }) => waits && setKnown({ at: agoMs === null ? null : Date.now() - agoMs }),
        () => waits && setKnown((old) => ({ ...old })),
      )
    let timer: ReturnType<typeof setTimeout>
    const askIn = (ms: number) => {
      timer = setTimeout(() => {
        void ask()
        askIn(AGAIN_MS)
      }, ms)
    }
    void ask()
    askIn(SOON_MS)
    return () => {
      waits = false
      clearTimeout(timer)
    }
  }, [userId])
  return known.at === null ? tPresence("offline") : t("lastActive", { when: when(known.at) })
}
