"use client"

import type { Message, Snowflake } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { useServices } from "./services.tsx"

const LENGTH = 200

/** Reads out, politely, what others write while the channel is open: from the very first message, if nobody has written before. */
export const Announcer = ({ messages, head, me }: { messages: readonly Message[]; head: number; me: Snowflake }) => {
  const { users } = useServices()
  const t = useTranslations("message")
  const tCommon = useTranslations("common")
  const heard = useRef<number | null>(head === 0 ? 0 : null)
  const [text, setText] = useState("")
  useEffect(() => {
    const last = messages.at(-1)
    const before = heard.current
    heard.current = last?.seq ?? before
    if (!last || before === null || last.seq <= before) return
    let from = messages.length
    while (from > 0 && (messages[from - 1]?.seq ?? 0) > before) from--
    const fresh = messages.slice(from).filter((m) => m.authorId !== me && !m.deleted)
    const [first] = fresh
    if (!first) return
    const name = users.get(first.authorId)?.displayName ?? tCommon("somebody")
    const said = { name, text: first.content.slice(0, LENGTH) }
    setText(fresh.length === 1 ? t("announced", said) : t("announcedMore", { ...said, more: fresh.length - 1 }))
  }, [messages, me, users, t, tCommon])
  return (
    <div className="unseen" role="status" aria-live="polite">
      {text}
    </div>
  )
}
