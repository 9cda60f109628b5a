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
import { EnvelopeSimpleIcon } from "@phosphor-icons/react/dist/ssr/EnvelopeSimple"
import { ClockIcon } from "@phosphor-icons/react/dist/ssr/Clock"
import { useTranslations } from "next-intl"
import { memo, type PointerEvent, type ReactNode, useEffect, useState } from "react"
import { useErrorText, useSentence } from "../../i18n/error-text.ts"
import { useFormats } from "../../i18n/formats.ts"
import { useConnection, useGateway, useReadMarks } from "../gateway/provider.tsx"
import { goTo } from "../shell/go.ts"
import { Link } from "../shell/link.tsx"
import { toAppError } from "../trpc/client.ts"
import { Markdown } from "./markdown/markdown.tsx"
import type { Outgoing } from "./outgoing-queue.ts"
import { Reactions } from "./reactions.tsx"
import type { MessageRow, OutgoingMessageRow } from "./rows.ts"
import { useMessage, usePlainText, useServices, useUser } from "./services.tsx"
import { isoTime, useDayName } from "./times.ts"

const LABEL_LENGTH = 300

const Day = ({ day }: { day: number }) => {
  const { near, date } = useDayName()(day)
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

const Time = ({ at }: { at: number }) => {
  const formats = useFormats()
  return (
    <time dateTime={isoTime(at)} title={formats.full(at)}>
      {formats.clock(at)}
    </time>
  )
}

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
  const t = useTranslations("message")
  const unknown = useTranslations("common")("somebody")
  const name = user?.displayName ?? unknown
  const text = content.length > LABEL_LENGTH ? `${content.slice(0, LABEL_LENGTH)}…` : content
  const said = { name, text, time: useFormats().clock(at) }
  return (
    <article
      className={`msg${leads ? "" : " more"}${className}`}
      tabIndex={-1}
      aria-label={state ? t("labelWithState", { ...said, state }) : t("label", said)}
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
const Answered = ({ context, seq }: { context: RowContext; seq: number }) => {
  const t = useTranslations("message")
  const tCommon = useTranslations("common")
  const answered = useMessage(context.channelId, seq)
  const href = hrefOf(context, seq)
  const { user } = useUser(answered?.authorId ?? "0")
  const plain = usePlainText()
  return (
    <Link className="quote" href={href} onNavigate={goTo(href)}>
      <ArrowBendUpLeftIcon className="i" aria-hidden="true" />
      {answered && !answered.deleted ? (
        <>
          <Face
            id={answered.authorId}
            name={user?.displayName ?? tCommon("somebody")}
            portrait={user?.portrait}
            size={18}
          />
          <b>{user?.displayName ?? tCommon("somebody")}</b>
          <span className="clip">{plain(answered.content)}</span>
        </>
      ) : (
        <span className="clip">{answered?.deleted ? t("deleted") : t("numbered", { seq: String(seq) })}</span>
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
}

const hrefOf = ({ guildId, channelId }: RowContext, seq: number) => `/s/${guildId}/${channelId}/${seq}`

const Tools = ({ message, context }: { message: Message; context: RowContext }) => {
  const { drafts, history } = useServices()
  const client = useGateway()
  const readMarks = useReadMarks()
  const { say, complain } = useToast()
  const t = useTranslations("message")
  const textOf = useErrorText()
  const [confirming, setConfirming] = useState(false)
  const mine = message.authorId === context.me
  const { channelId, seq } = message

  const copyLink = async () => {
    const url = new URL(hrefOf(context, seq), window.location.href).href
    try {
      await navigator.clipboard.writeText(url)
      say(t("linkCopied"))
    } catch {
      complain(t("cannotCopy", { url }))
    }
  }
  const remove = async () => {
    try {
      const { message: changed } = await client.request("message:delete", { channelId, seq })
      history.changed(changed)
    } catch (error) {
      complain(textOf(toAppError(error)))
    }
  }
  return (
    <div className="tools" role="toolbar" aria-label={t("tools")}>
      <IconButton
        small
        label={t("reply")}
        keys="R"
        data-tool="reply"
        aria-keyshortcuts="R"
        icon={<ArrowBendUpLeftIcon className="i s" aria-hidden="true" />}
        onClick={() => drafts.set(channelId, { replyTo: seq, editing: null })}
      />
      <IconButton
        small
        label={t("copyLink")}
        keys="C"
        data-tool="copy"
        aria-keyshortcuts="C"
        icon={<CopyIcon className="i s" aria-hidden="true" />}
        onClick={copyLink}
      />
      <IconButton
        small
        label={t("unreadFrom")}
        keys="U"
        data-tool="unread"
        aria-keyshortcuts="U"
        icon={<EnvelopeSimpleIcon className="i s" aria-hidden="true" />}
        onClick={() => readMarks.markUnread(channelId, seq).catch((error) => complain(textOf(toAppError(error))))}
      />
      {mine && (
        <IconButton
          small
          label={t("edit")}
          keys="E"
          data-tool="edit"
          aria-keyshortcuts="E"
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
            {t("deleteIt")}
          </Button>
        ) : (
          <IconButton
            small
            label={t("delete")}
            keys="Del"
            data-tool="delete"
            aria-keyshortcuts="Delete"
            icon={<TrashIcon className="i s" aria-hidden="true" />}
            onClick={() => setConfirming(true)}
          />
        ))}
    </div>
  )
}

export const MessageRowView = memo(function MessageRowView({ row, context }: { row: MessageRow; context: RowContext }) {
  const { message, leads, day, forMe, newSince } = row
  const t = useTranslations("message")
  const formats = useFormats()
  const [near, setNear] = useState(false)
  const [within, setWithin] = useState(false)
  // What a link leads to, and what addresses the reader.
  const lit = context.highlighted === message.seq || forMe !== null
  return (
    <div
      className="col"
      data-row={row.key}
      onPointerEnter={(e) => e.pointerType !== "touch" && setNear(true)}
      onPointerLeave={(e) => e.pointerType !== "touch" && setNear(false)}
      onPointerUp={tap}
      onFocus={() => setWithin(true)}
      onBlur={(e) => !e.currentTarget.contains(e.relatedTarget) && setWithin(false)}
    >
      {day !== null && <Day day={day} />}
      {newSince !== null && (
        <div className="since">{newSince > 0 ? t("newSince", { time: formats.clock(newSince) }) : t("new")}</div>
      )}
      <Shell
        authorId={message.authorId}
        at={message.createdAt}
        leads={leads}
        content={message.content}
        className={lit ? ` lit-msg${forMe?.above ? " more-above" : ""}${forMe?.below ? " more-below" : ""}` : ""}
        data-seq={message.seq}
        above={message.replyTo !== null && <Answered context={context} seq={message.replyTo} />}
      >
        <Markdown content={message.content} />
        {message.editedAt !== null && (
          <span className="edited" title={formats.full(message.editedAt)}>
            {t("edited")}
          </span>
        )}
        <Reactions reactions={message.reactions} />
        {(near || within) && <Tools message={message} context={context} />}
      </Shell>
    </div>
  )
})

/** A tap on what is not itself to be pressed shows what can be done with the message, as the focus does. */
const tap = (event: PointerEvent<HTMLElement>) => {
  if (event.pointerType !== "touch" || (event.target as Element).closest("a, button, summary")) return
  if (window.getSelection()?.isCollapsed === false) return
  event.currentTarget.querySelector<HTMLElement>("article")?.focus({ preventScroll: true, focusVisible: false })
}

const SLOW_MS = 1000

const Sending = ({ outgoing }: { outgoing: Outgoing }) => {
  const { status } = useConnection()
  const t = useTranslations("message")
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [])
  if (outgoing.phase === "sent" || (!slow && outgoing.phase === "sending")) return null
  const text = outgoing.phase === "sending" ? t("sending") : status === "online" ? t("notYet") : t("waiting")
  return (
    <div className="hint row waiting">
      <ClockIcon className="i s" aria-hidden="true" />
      {text}
    </div>
  )
}

const Refused = ({ outgoing }: { outgoing: Outgoing }) => {
  const { queue, drafts } = useServices()
  const t = useTranslations("message")
  const tCommon = useTranslations("common")
  const say = useSentence()
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
    <div className="note">
      <WarningCircleIcon className="i s" weight="fill" aria-hidden="true" />
      <span>{t("notSent", { reason: outgoing.reason === undefined ? t("refused") : say(outgoing.reason) })}</span>
      <Button size="small" look="danger-quiet" onClick={() => void queue.retry(outgoing.nonce)}>
        {tCommon("tryAgain")}
      </Button>
      <Button size="small" look="bare" onClick={edit}>
        {t("edit")}
      </Button>
      <Button size="small" look="bare" onClick={() => void queue.take(outgoing.nonce)}>
        {t("delete")}
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
  const t = useTranslations("message")
  const refused = outgoing.phase === "refused"
  return (
    <div className="col" data-row={row.key}>
      {day !== null && <Day day={day} />}
      <Shell
        authorId={context.me}
        at={outgoing.createdAt}
        leads={leads}
        content={outgoing.content}
        className={outgoing.phase === "sent" ? "" : refused ? " unsent" : " queued"}
        state={outgoing.phase === "sent" ? "" : t(`state.${outgoing.phase}`)}
        above={outgoing.replyTo !== null && <Answered context={context} seq={outgoing.replyTo} />}
      >
        <Markdown content={outgoing.content} />
        {refused ? <Refused outgoing={outgoing} /> : <Sending outgoing={outgoing} />}
      </Shell>
    </div>
  )
})
