"use client"

import type { Message, Snowflake } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useEffect, useEffectEvent, useRef } from "react"
import { useSentence } from "../../i18n/error-text.ts"
import { useVoice } from "../shell/voice.tsx"
import { createDigest, type Said } from "./digest.ts"
import type { Outgoing } from "./outgoing-queue.ts"
import { usePlainText, useServices } from "./services.tsx"

/** Reads out, politely, what others write while the channel is open: from the very first message, if nobody has written before. */
export const Announcer = ({ messages, head, me }: { messages: readonly Message[]; head: number; me: Snowflake }) => {
  const { users } = useServices()
  const t = useTranslations("message")
  const tCommon = useTranslations("common")
  const { say } = useVoice()
  const plain = usePlainText()
  const heard = useRef<number | null>(head === 0 ? 0 : null)
  const read = useEffectEvent((said: Said) => {
    if ("many" in said) return say(t("announcedMany", { n: said.many, people: said.people }))
    const name = users.get(said.one.authorId)?.displayName ?? tCommon("somebody")
    say(t("announced", { name, text: plain(said.one.content) }))
  })
  const digest = useRef<ReturnType<typeof createDigest>>(null)
  useEffect(() => {
    const made = createDigest((said) => read(said))
    digest.current = made
    return made.stop
  }, [])
  useEffect(() => {
    const last = messages.at(-1)
    const before = heard.current
    heard.current = last?.seq ?? before
    if (!last || before === null || last.seq <= before) return
    let from = messages.length
    while (from > 0 && (messages[from - 1]?.seq ?? 0) > before) from--
    digest.current?.add(messages.slice(from).filter((m) => m.authorId !== me && !m.deleted))
  }, [messages, me])
  return null
}

/** Says of each message that was refused that it was, once: its row may come and go as one scrolls. */
export const Refusals = ({ outgoing }: { outgoing: readonly Outgoing[] }) => {
  const t = useTranslations("message")
  const sentence = useSentence()
  const { alarm } = useVoice()
  const told = useRef(new Set<string>())
  useEffect(() => {
    for (const { nonce, phase, reason } of outgoing) {
      if (phase !== "refused") told.current.delete(nonce)
      else if (!told.current.has(nonce)) {
        told.current.add(nonce)
        alarm(t("notSent", { reason: reason === undefined ? t("refused") : sentence(reason) }))
      }
    }
  }, [outgoing, alarm, t, sentence])
  return null
}
