"use client"
import type { Saved, SavedItem, Snowflake } from "@hearth/core"
import { useToast } from "@hearth/ui"
import { useErrorText } from "../../i18n/error-text.ts"
import { useList } from "../act/use-list.ts"
import { useGatewayEvent } from "../gateway/index.ts"
import { toAppError, trpc } from "../trpc/index.ts"

interface Which {
  channelId: Snowflake
  seq: number
}
const isAt = (which: Which) => (item: Which) => item.channelId === which.channelId && item.seq === which.seq

/** What waits, or what is done, kept true by what any device does. */
export const useSaved = (done: boolean) => {
  const { complain } = useToast()
  const textOf = useErrorText()
  const list = useList<SavedItem>((cursor) => trpc.later.list.query({ done, limit: 20, ...(cursor && { cursor }) }))
  const { items, change, anew } = list

  /** In its place if it is shown, and away if it is of the other list. What is not shown comes with a new reading. */
  const settle = (which: Which, saved: Saved | null) => {
    const belongs = saved !== null && (saved.doneAt !== null) === done
    const known = items?.some(isAt(which)) ?? false
    if (!belongs) change((all) => all.filter((item) => !isAt(which)(item)))
    else if (known) change((all) => all.map((item) => (isAt(which)(item) ? { ...item, ...saved } : item)))
    else anew()
  }
  useGatewayEvent("later:changed", ({ channelId, seq }) => {
    trpc.later.get.query({ channelId, seq }).then(
      ({ saved }) => settle({ channelId, seq }, saved),
      () => anew(),
    )
  })
  // What is done does not ring.
  useGatewayEvent("later:due", () => !done && anew())

  const act = async (which: Which, work: () => Promise<Saved | null>) => {
    try {
      settle(which, await work())
    } catch (error) {
      complain(textOf(toAppError(error)))
    }
  }
  return {
    list,
    setDone: ({ channelId, seq }: Which) =>
      void act({ channelId, seq }, () => trpc.later.done.mutate({ channelId, seq, done: !done })),
    remove: ({ channelId, seq }: Which) =>
      void act({ channelId, seq }, async () => {
        await trpc.later.remove.mutate({ channelId, seq })
        return null
      }),
  }
}
