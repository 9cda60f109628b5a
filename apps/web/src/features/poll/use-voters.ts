import type { Message, UserCard } from "@hearth/core"
import { useEffect, useState } from "react"
import { trpc } from "../trpc/client.ts"

const SHOWN = 3
/** Where more have voted, three faces say little, and everybody who looks would ask at each vote. */
const FEW = 30
const SETTLE_MS = 400

const none: ReadonlyMap<string, readonly UserCard[]> = new Map()

/** The first faces of each of these options, as long as few have voted. Asked anew some time after the votes changed. */
export const useVoters = (message: Message, emojis: readonly string[]): ReadonlyMap<string, readonly UserCard[]> => {
  const [held, setHeld] = useState(none)
  const { channelId, seq, reactions } = message
  const given = emojis.filter((emoji) => reactions[emoji])
  const total = given.reduce((sum, emoji) => sum + (reactions[emoji] ?? 0), 0)
  const wanted = total === 0 || total > FEW ? "" : given.map((emoji) => `${emoji} ${reactions[emoji]}`).join()
  useEffect(() => {
    if (wanted === "") return
    let waits = true
    const timer = setTimeout(() => {
      const asked = wanted.split(",").map(async (one): Promise<[string, UserCard[]]> => {
        const [emoji = ""] = one.split(" ")
        const { items } = await trpc.reaction.list.query({ channelId, seq, emoji, limit: SHOWN })
        return [emoji, items]
      })
      Promise.all(asked).then(
        (lists) => waits && setHeld(new Map(lists)),
        () => {
          // Without a connection there are figures alone.
        },
      )
    }, SETTLE_MS)
    return () => {
      waits = false
      clearTimeout(timer)
    }
    // By mver: one who went and one who came leave the counts as they were.
  }, [channelId, seq, wanted, message.mver])
  return wanted === "" ? none : held
}
