"use client"

import "./catch-up.css"
import type { Snowflake } from "@hearth/core"
import { onDemand, useOnDemand } from "@hearth/ui"
import { useEffect, useState } from "react"
import { useServices } from "../message/services.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { useEscape } from "../shell/escape.ts"
import { goTo } from "../shell/go.ts"
import { catchUpPath } from "../shell/place.ts"
import { useNarrow } from "../shell/width.ts"
import { AllCaughtUp, CatchUpList } from "./catch-up-list.tsx"
import { afterDone, type Entry, stepFrom } from "./entries.ts"
import { placeOf, useLetters } from "./keys.ts"
import { useCatchUp } from "./use-catch-up.ts"

// Whoever has nothing left needs no room for it.
const rooms = onDemand(() => import("./catch-up-room.tsx"))
const mentionsRoom = onDemand(() => import("./mentions-room.tsx"))
const never = () => {}

const rowOf = (channelId: Snowflake): HTMLElement | null =>
  document.querySelector(`[data-entry="${CSS.escape(channelId)}"]`)

interface Props {
  /** The entry that is chosen, or the list of all that addressed the reader. */
  channelId: Snowflake | "mentions" | undefined
}

/** What was missed over all servers: the list, and beside it the entry that is chosen. On a phone one of the two. */
export const CatchUp = ({ channelId }: Props) => {
  const state = useCatchUp()
  const { drafts } = useServices()
  const narrow = useNarrow()
  const ask = useAsk()
  const { all, paged } = state
  // Who answers in a thread has read it: it stays open until they leave it.
  const [held, setHeld] = useState<Entry>()
  const inMentions = channelId === "mentions"
  const chosen =
    all.find((e) => e.channel.id === channelId) ??
    (held?.channel.id === channelId ? held : undefined) ??
    (narrow || inMentions ? undefined : all[0])
  const toHold = chosen?.item.thread && chosen
  if (held !== toHold) setHeld(toHold)

  // Beside the list something is open: by its address, so that what comes meanwhile does not change it under the reader.
  const open = chosen?.channel.id
  useEffect(() => {
    if (!narrow && open !== undefined && open !== channelId) window.history.replaceState(null, "", catchUpPath(open))
  }, [narrow, open, channelId])

  /** Takes the place of where one was: walking leaves no trail. */
  const choose = (entry: Entry | null) => {
    window.history.replaceState(null, "", catchUpPath(entry?.channel.id))
    if (entry) rowOf(entry.channel.id)?.focus({ preventScroll: true })
  }
  const finish = () => {
    if (!chosen) return
    const next = afterDone(all, chosen.channel.id)
    // Before its row goes: the keyboard is never lost.
    choose(next)
    if (!next) document.getElementById("room")?.focus({ preventScroll: true })
    state.finish(chosen)
  }
  const answer = () => {
    if (!chosen) return
    const { item, channel } = chosen
    if (item.asks > 0 && item.said) drafts.answer(channel.id, item.said.seq)
    document.querySelector<HTMLElement>(".room .composer textarea")?.focus()
  }
  useLetters({
    j: () => choose(stepFrom(all, chosen?.channel.id, 1)),
    k: () => choose(stepFrom(all, chosen?.channel.id, -1)),
    r: answer,
    e: finish,
    s: () => {
      const { item, channel } = chosen ?? {}
      if (item?.said && channel) ask({ kind: "later", channelId: channel.id, seq: item.said.seq })
    },
    Enter: () => chosen && goTo(placeOf(chosen))(),
  })
  // From writing back to the list: nothing counts as read by it.
  useEscape("present", () => {
    const row = chosen && rowOf(chosen.channel.id)
    if (inMentions || (narrow && !row && channelId)) goTo(catchUpPath())()
    else (row || document.getElementById("room"))?.focus()
    return true
  })

  const drawn = useOnDemand(rooms, chosen !== undefined || (channelId !== undefined && !inMentions), never)
  const mentions = useOnDemand(mentionsRoom, inMentions, never)
  const room =
    (chosen || inMentions) &&
    (mentions && inMentions ? (
      <mentions.MentionsRoom alone={narrow} />
    ) : chosen && drawn ? (
      <drawn.CatchUpRoom
        key={chosen.channel.id}
        entry={chosen}
        alone={narrow}
        isLast={all.length === 1}
        onDone={finish}
      />
    ) : (
      <main className="room fire" id="room" data-glow="0" tabIndex={-1} />
    ))
  if (narrow) return room || <CatchUpList state={state} at={undefined} alone />
  return (
    <>
      <CatchUpList state={state} at={chosen?.channel.id} alone={false} />
      {room || (
        <main className="room fire" id="room" data-glow="0" tabIndex={-1}>
          {paged.items !== null && !paged.error && !paged.hasMore && <AllCaughtUp />}
        </main>
      )}
    </>
  )
}
