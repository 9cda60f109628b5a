"use client"
import type { Message } from "@hearth/core"
import { Face } from "@hearth/ui"
import { useEffect } from "react"
import "../message/message.css"
import { Composer, Timeline } from "../message/index.ts"
import { MessageRowView } from "../message/message-row.tsx"
import type { Outgoing } from "../message/outgoing-queue.ts"
import { OutgoingRowView } from "../message/outgoing-row.tsx"
import type { RowContext } from "../message/row-context.ts"
import { buildRows } from "../message/rows.ts"
import { useChannel, useServices } from "../message/services.tsx"
import { Bones } from "../message/timeline-states.tsx"
import { formats, overfull, refused, talk, waiting } from "./messages.ts"
import { byName, me } from "./people.ts"
import { EMPTY, guild, OPEN } from "./place.ts"
import { As, Section, Specimen } from "./specimen.tsx"

/** Hana's reduction. */
const PINNED: ReadonlySet<number> = new Set([3])

const contextOf = (highlighted: number | null = null): RowContext => ({
  guildId: guild.guild.id,
  channelId: OPEN,
  me: me.id,
  highlighted,
  canModerate: true,
  mayReact: true,
  pinned: PINNED,
})

const Rows = ({ messages, newAfter = null }: { messages: readonly Message[]; newAfter?: number | null }) => {
  // What is answered is looked up in the open channel.
  useChannel(OPEN)
  const context = contextOf()
  return buildRows(messages, [], { me: me.id, newAfter }).map(
    (row) => row.kind === "message" && <MessageRowView key={row.key} row={row} context={context} />,
  )
}

export const One = ({ message, highlighted = false }: { message: Message | undefined; highlighted?: boolean }) => {
  if (!message) return null
  const context = contextOf(highlighted ? message.seq : null)
  const [row] = buildRows([{ ...message, replyTo: null }], [], { me: me.id, newAfter: null })
  return row?.kind === "message" ? <MessageRowView row={{ ...row, day: null }} context={context} /> : null
}

const Sent = ({ outgoing }: { outgoing: Outgoing }) => {
  const row = { kind: "outgoing", key: outgoing.nonce, outgoing, leads: true, day: null, newSince: null } as const
  return <OutgoingRowView row={row} context={contextOf()} />
}

/** As `Typing` draws it, which only does while somebody types. */
const TypingLine = () => {
  const people = [byName("Ngozi"), byName("Wiremu")]
  return (
    <div className="col">
      <div className="typing">
        <span className="faces">
          {people.map((p) => (
            <Face key={p.id} id={p.id} name={p.displayName} size={20} />
          ))}
        </span>
        <span className="clip">Ngozi Okafor and Wiremu Parata are typing</span>
        <span className="dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      </div>
    </div>
  )
}

const Writing = () => {
  const { drafts } = useServices()
  useEffect(() => drafts.set(OPEN, { text: "It will be in the blue tin, next to the" }), [drafts])
  return <Composer guildId={guild.guild.id} channelId={OPEN} />
}

export const Talk = () => (
  <Section id="talk" title="Messages" columns={2}>
    <Specimen title="A talk">
      <div className="room fire gal-room" data-glow="2">
        <Rows messages={talk} newAfter={4} />
        <Sent outgoing={waiting} />
        <Sent outgoing={refused} />
        <TypingLine />
        <Writing />
      </div>
    </Specimen>
    <Specimen title="Too much of everything">
      <div className="room gal-room">
        <Rows messages={overfull} />
      </div>
    </Specimen>
    <Specimen title="Pointed at, led to, and all that can be written">
      <div className="room gal-room">
        <As state="hover">
          <One message={talk[1]} />
        </As>
        <One message={talk[2]} highlighted />
        <Rows messages={formats} />
      </div>
    </Specimen>
    <Specimen title="Loading">
      <div className="room gal-room gal-bones-shown">
        <Bones />
      </div>
    </Specimen>
    <Specimen title="A fresh channel">
      <div className="room fire gal-room gal-tall" data-glow="0">
        <Timeline guildId={guild.guild.id} channelId={EMPTY} />
        <Composer guildId={guild.guild.id} channelId={EMPTY} />
      </div>
    </Specimen>
  </Section>
)
