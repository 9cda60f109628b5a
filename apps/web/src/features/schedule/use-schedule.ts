"use client"
import type { Snowflake } from "@hearth/core"
import { useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useErrorText } from "../../i18n/error-text.ts"
import { useFormats } from "../../i18n/formats.ts"
import { toWire } from "../message/names.ts"
import { newNonce } from "../message/outgoing-queue.ts"
import { useServices } from "../message/services.tsx"
import { insist } from "./insist.ts"
import { toAppError, trpc } from "../trpc/index.ts"

/** What was asked for last and not answered: asked for again it is the same, not a second one. */
let open: { what: string; key: string } | null = null

/** Leaves what is written in a channel to the server, to be sent at a time. What fails comes back into the field. */
export const useSchedule = (channelId: Snowflake) => {
  const t = useTranslations("schedule")
  const formats = useFormats()
  const { drafts } = useServices()
  const { say, complain } = useToast()
  const textOf = useErrorText()
  return async (sendAt: number) => {
    const { text, names, replyTo, editing } = drafts.get(channelId)
    const content = toWire({ text, names })
    if (editing || content.trim() === "") return
    const what = JSON.stringify([channelId, content, replyTo])
    const mine = open?.what === what ? open : { what, key: newNonce() }
    open = mine
    const kept = drafts.handOver(channelId)
    try {
      const asked = { channelId, key: mine.key, content, ...(replyTo !== null && { replyTo }), sendAt }
      const { id: scheduledId, version, ...made } = await insist(() => trpc.schedule.create.mutate(asked))
      // It was there already, for another time: the answer to that had been lost.
      if (made.sendAt !== sendAt) await trpc.schedule.update.mutate({ scheduledId, version, sendAt })
      if (open === mine) open = null
      kept()
      say(t("scheduled", { time: formats.full(sendAt) }))
    } catch (error) {
      drafts.putBack(channelId, { text, names, replyTo })
      complain(textOf(toAppError(error)))
    }
  }
}
