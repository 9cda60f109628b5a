"use client"

import type { Message, Snowflake } from "@hearth/core"
import {
  Button,
  CopyIcon,
  Face,
  IconButton,
  PencilSimpleIcon,
  TrashIcon,
  useToast,
  WarningCircleIcon,
} from "@hearth/ui"
import { ArrowBendUpLeftIcon } from "@phosphor-icons/react/dist/ssr/ArrowBendUpLeft"
import { ClockIcon } from "@phosphor-icons/react/dist/ssr/Clock"
import Link from "next/link"
import { memo, type ReactNode, useEffect, useState } from "react"
import { useConnection, useGateway } from "../gateway/provider.tsx"
import { toAppError } from "../trpc/client.ts"
import { Markdown } from "./markdown/markdown.tsx"
import type { Outgoing } from "./outgoing-queue.ts"
import type { MessageRow, OutgoingMessageRow } from "./rows.ts"
import { useServices, useUser } from "./services.tsx"
import { clockTime, dayName, fullTime, isoTime } from "./times.ts"

const UNKNOWN_NAME = "Somebody"
const LABEL_LENGTH = 300

const Day = ({ day }: { day: number }) => {
  const { near, date } = dayName(day)
  return (
    <div className="day">
      {near ? (
        <>
          <b>{near}</b> {date}
        </>
      ) : (
        <b>{date}</b>
      )}
    </div>
  )
}

const Time = ({ at, title }: { at: number; title?: string }) => (
  <time dateTime={isoTime(at)} title={title ?? fullTime(at)}>
    {clockTime(at)}
  </time>
)

const Shell = ({
  authorId,
  at,
  leads,
  content,
  className = "",
  state,
  above,
  children,
  ...rest
}: {
  authorId: Snowflake
  at: number
  leads: boolean
  content: string
  className?: string
  state?: string
  above?: ReactNode
  children: ReactNode
} & { "data-seq"?: number }) => {
  const { user } = useUser(authorId)
  const name = user?.displayName ?? UNKNOWN_NAME
  const said = content.length > LABEL_LENGTH ? `${content.slice(0, LABEL_LENGTH)}…` : content
  return (
    <article
      className={`msg${leads ? "" : " more"}${className}`}
      aria-label={`${name}: ${said}, ${clockTime(at)}${state ? `, ${state}` : ""}`}
      {...rest}
    >
      {leads ? <Face id={authorId} name={name} portrait={user?.portrait} /> : <Time at={at} />}
      <div className="body">
        {above}
        {leads && (
          <div className="who">
            <b className="clip">{name}</b>
            <Time at={at} />
          </div>
        )}
        {children}
      </div>
    </article>
  )
}

/** What the message answers, in one line that leads there. */
const Answered = ({ answered, seq, href }: { answered: Message | undefined; seq: number; href: string }) => {
  const { user } = useUser(answered?.authorId ?? "0")
  return (
    <Link className="quote" href={href} prefetch={false}>
      <ArrowBendUpLeftIcon className="i" aria-hidden="true" />
      {answered && !answered.deleted ? (
        <>
          <b>{user?.displayName ?? UNKNOWN_NAME}</b>
          <span className="clip">{answered.content.slice(0, 200).replace(/\s+/g, " ")}</span>
        </>
      ) : (
        <span className="clip">{answered?.deleted ? "A message that was deleted" : `Message ${seq}`}</span>
      )}
    </Link>
  )
}

export interface RowContext {
  guildId: Snowflake
  channelId: Snowflake
  me: Snowflake
  highlighted: number | null
  canModerate: boolean
  bySeq(seq: number): Message | undefined
}

const hrefOf = ({ guildId, channelId }: RowContext, seq: number) => `/s/${guildId}/${channelId}/${seq}`

const Tools = ({ message, context }: { message: Message; context: RowContext }) => {
  const { drafts, history } = useServices()
  const client = useGateway()
  const { say, complain } = useToast()
  const [confirming, setConfirming] = useState(false)
  const mine = message.authorId === context.me
  const { channelId, seq } = message

  const copyLink = async () => {
    const url = new URL(hrefOf(context, seq), window.location.href).href
    try {
      await navigator.clipboard.writeText(url)
      say("The link is copied.")
    } catch {
      complain(`Copying is not allowed here. The link is ${url}`)
    }
  }
  const remove = async () => {
    try {
      const { message: changed } = await client.request("message:delete", { channelId, seq })
      history.changed(changed)
    } catch (error) {
      complain(toAppError(error).message)
    }
  }
  return (
    <div className="tools" role="toolbar" aria-label="What to do with this message">
      <IconButton
        small
        label="Reply"
        icon={<ArrowBendUpLeftIcon className="i s" aria-hidden="true" />}
        onClick={() => drafts.set(channelId, { replyTo: seq, editing: null })}
      />
      <IconButton small label="Copy link" icon={<CopyIcon className="i s" aria-hidden="true" />} onClick={copyLink} />
      {mine && (
        <IconButton
          small
          label="Edit"
          icon={<PencilSimpleIcon className="i s" aria-hidden="true" />}
          onClick={() =>
            drafts.set(channelId, { editing: { seq, version: message.version, text: message.content }, replyTo: null })
          }
        />
      )}
      {(mine || context.canModerate) &&
        (confirming ? (
          <Button
            size="small"
            look="danger-quiet"
            onClick={remove}
            onBlur={() => setConfirming(false)}
            ref={(b) => b?.focus()}
          >
            Delete it
          </Button>
        ) : (
          <IconButton
            small
            label="Delete"
            icon={<TrashIcon className="i s" aria-hidden="true" />}
            onClick={() => setConfirming(true)}
          />
        ))}
    </div>
  )
}

const Reactions = ({ reactions }: { reactions: Message["reactions"] }) => {
  const all = Object.entries(reactions)
  if (all.length === 0) return null
  return (
    <div className="reacts">
      {all.map(([emoji, count]) => (
        <span key={emoji} className="react">
          <i>{emoji}</i>
          {count}
        </span>
      ))}
    </div>
  )
}

export const MessageRowView = memo(function MessageRowView({ row, context }: { row: MessageRow; context: RowContext }) {
  const { message, leads, day, newSince } = row
  const [near, setNear] = useState(false)
  const lit = context.highlighted === message.seq
  return (
    <div
      className="col"
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
      onFocus={() => setNear(true)}
      onBlur={(e) => !e.currentTarget.contains(e.relatedTarget) && setNear(false)}
    >
      {day !== null && <Day day={day} />}
      {newSince !== null && <div className="since">{newSince > 0 ? `New since ${clockTime(newSince)}` : "New"}</div>}
      <Shell
        authorId={message.authorId}
        at={message.createdAt}
        leads={leads}
        content={message.content}
        className={lit ? " lit-msg" : ""}
        data-seq={message.seq}
        above={
          message.replyTo !== null && (
            <Answered
              answered={context.bySeq(message.replyTo)}
              seq={message.replyTo}
              href={hrefOf(context, message.replyTo)}
            />
          )
        }
      >
        <Markdown content={message.content} />
        {message.editedAt !== null && (
          <span className="edited" title={fullTime(message.editedAt)}>
            edited
          </span>
        )}
        <Reactions reactions={message.reactions} />
        {near && <Tools message={message} context={context} />}
      </Shell>
    </div>
  )
})

const SLOW_MS = 1000

const Sending = ({ outgoing }: { outgoing: Outgoing }) => {
  const { status } = useConnection()
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [])
  if (outgoing.phase === "sent" || (!slow && outgoing.phase === "sending")) return null
  const text =
    outgoing.phase === "sending"
      ? "Sending"
      : status === "online"
        ? "Not sent yet, trying again"
        : "Waiting for the connection"
  return (
    <div className="hint row waiting">
      <ClockIcon className="i s" aria-hidden="true" />
      {text}
    </div>
  )
}

const Refused = ({ outgoing }: { outgoing: Outgoing }) => {
  const { queue, drafts } = useServices()
  const edit = async () => {
    const row = await queue.take(outgoing.nonce)
    if (!row) return
    const draft = drafts.get(row.channelId)
    drafts.set(row.channelId, {
      text: [row.content, draft.text].filter(Boolean).join("\n"),
      replyTo: row.replyTo,
      editing: null,
    })
  }
  return (
    <div className="note" role="alert">
      <WarningCircleIcon className="i s" weight="fill" aria-hidden="true" />
      <span>Not sent: {outgoing.reason ?? "it was refused."}</span>
      <Button size="small" look="danger-quiet" onClick={() => void queue.retry(outgoing.nonce)}>
        Try again
      </Button>
      <Button size="small" look="bare" onClick={edit}>
        Edit
      </Button>
      <Button size="small" look="bare" onClick={() => void queue.take(outgoing.nonce)}>
        Delete
      </Button>
    </div>
  )
}

export const OutgoingRowView = memo(function OutgoingRowView({
  row,
  context,
}: {
  row: OutgoingMessageRow
  context: RowContext
}) {
  const { outgoing, leads, day } = row
  const refused = outgoing.phase === "refused"
  const states = { sending: "sending", waiting: "not sent yet", refused: "not sent", sent: "" }
  return (
    <div className="col">
      {day !== null && <Day day={day} />}
      <Shell
        authorId={context.me}
        at={outgoing.createdAt}
        leads={leads}
        content={outgoing.content}
        className={outgoing.phase === "sent" ? "" : refused ? " unsent" : " queued"}
        state={states[outgoing.phase]}
        above={
          outgoing.replyTo !== null && (
            <Answered
              answered={context.bySeq(outgoing.replyTo)}
              seq={outgoing.replyTo}
              href={hrefOf(context, outgoing.replyTo)}
            />
          )
        }
      >
        <Markdown content={outgoing.content} />
        {refused ? <Refused outgoing={outgoing} /> : <Sending outgoing={outgoing} />}
      </Shell>
    </div>
  )
})
