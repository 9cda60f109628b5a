"use client"
import type { ScheduledItem } from "@hearth/core"
import { useToast } from "@hearth/ui"
import { useTranslations } from "next-intl"
import { useErrorText } from "../../i18n/error-text.ts"
import { useList } from "../act/use-list.ts"
import { useGatewayEvent } from "../gateway/index.ts"
import { toAppError, trpc } from "../trpc/index.ts"

/** What waits for its time, kept true by what servers and other devices do. */
export const useScheduled = () => {
  const t = useTranslations("schedule")
  const { say, complain } = useToast()
  const textOf = useErrorText()
  const list = useList<ScheduledItem>((cursor) => trpc.schedule.list.query({ limit: 20, ...(cursor && { cursor }) }))
  const { change, anew } = list
  const drop = (scheduledId: string) => change((all) => all.filter((item) => item.id !== scheduledId))
  useGatewayEvent("schedule:changed", ({ scheduledId, state }) => {
    if (state === "sent" || state === "cancelled") drop(scheduledId)
    else anew()
  })
  const act = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      complain(textOf(toAppError(error)))
      anew()
    }
  }
  return {
    list,
    sendNow: ({ id: scheduledId, version }: ScheduledItem) =>
      void act(() => trpc.schedule.sendNow.mutate({ scheduledId, version })),
    cancel: ({ id: scheduledId }: ScheduledItem) =>
      void act(async () => {
        const { cancelled } = await trpc.schedule.cancel.mutate({ scheduledId })
        say(cancelled ? t("cancelled") : t("isSent"))
        drop(scheduledId)
      }),
  }
}
