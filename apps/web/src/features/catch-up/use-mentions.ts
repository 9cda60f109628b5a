"use client"
import type { MentionItem } from "@hearth/core"
import { useRef } from "react"
import { useList } from "../act/use-list.ts"
import { useGatewayEvent } from "../gateway/index.ts"
import { trpc } from "../trpc/index.ts"

const AT_ONCE = 20

const keyOf = ({ channelId, message }: MentionItem): string => `${channelId}/${message.seq}`

/** All that addresses the reader, read or not, the newest first, kept true while it is looked at. */
export const useMentions = () => {
  const list = useList<MentionItem>((cursor) => trpc.mention.list.query({ limit: AT_ONCE, ...(cursor && { cursor }) }))
  const { change, anew, items } = list
  const reading = useRef<{ again: boolean } | null>(null)

  /** What is new goes to the top: what was shown already stays, however far one has come in it. */
  const refresh = async (): Promise<void> => {
    if (items === null) return anew()
    if (reading.current) {
      reading.current.again = true
      return
    }
    const turn = { again: true }
    reading.current = turn
    while (turn.again) {
      turn.again = false
      try {
        const newest = await trpc.mention.list.query({ limit: AT_ONCE })
        change((all) => {
          const known = new Set(all.map(keyOf))
          return [...newest.items.filter((item) => !known.has(keyOf(item))), ...all]
        })
      } catch {
        // Said in the list, with a button to try again.
        anew()
      }
    }
    reading.current = null
  }
  useGatewayEvent("mention:added", () => void refresh())
  // Deleted, or edited so that it addresses nobody in that way any more: it may do so in another.
  useGatewayEvent("mention:removed", ({ channelId, seq }) => {
    change((all) => all.filter((item) => item.channelId !== channelId || item.message.seq !== seq))
    void refresh()
  })
  return list
}
