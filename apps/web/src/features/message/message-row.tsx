"use client"

import "../poll/poll.css"
import "../preview/preview.css"
import { isForwarded, isPoll, type Message, pollParts, type Snowflake } from "@hearth/core"
import { type OnDemand, onDemand, useOnDemand } from "@hearth/ui"
import { ArrowBendUpLeftIcon } from "@phosphor-icons/react/dist/ssr/ArrowBendUpLeft"
import { PushPinIcon } from "@phosphor-icons/react/dist/ssr/PushPin"
import { useTranslations } from "next-intl"
import { type ComponentType, memo, type PointerEvent, useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { previewBox } from "../preview/box.ts"
import { useAsk } from "../shell/dialogs.tsx"
import { Answered } from "./answered.tsx"
import { Markdown } from "./markdown/markdown.tsx"
import { Reactions } from "./reactions.tsx"
import { isTalked, type RowContext } from "./row-context.ts"
import { Day, RowShell } from "./row-shell.tsx"
import type { MessageRow } from "./rows.ts"
import { sinceText } from "./times.ts"
import { tools } from "./tools-door.ts"

const threadLine = onDemand(() => import("../thread/thread-line.tsx"))
const previewCard = onDemand(() => import("../preview/preview-card.tsx"))
const receipt = onDemand(() => import("../receipt/receipt-mark.tsx"))
// What is drawn in a way of its own, each by code of its own.
type Drawn = OnDemand<{ Drawn: ComponentType<{ message: Message; context: RowContext }> }>
const forwarded: Drawn = onDemand(() => import("../forward/forwarded.tsx"))
const polls: Drawn = onDemand(() => import("../poll/poll.tsx"))

interface Props {
  message: Message
  context: RowContext
}

export const MessageRowView = memo(function MessageRowView({ row, context }: { row: MessageRow; context: RowContext }) {
  const { message, leads, day, forMe, newSince } = row
  const t = useTranslations("message")
  const tAct = useTranslations("act")
  const formats = useFormats()
  const isPinned = context.pinned.has(message.seq)
  const [near, setNear] = useState(false)
  const [within, setWithin] = useState(false)
  const ask = useAsk()
  const wanted = near || within
  const loaded = useOnDemand(tools, wanted, () => {})
  const isAsked = isPoll(message.content)
  const talked = message.authorId === context.me && isTalked(context)
  const marks = useOnDemand(receipt, talked, () => {})
  const own = isAsked || isForwarded(message.content)
  const drawn = useOnDemand(isAsked ? polls : forwarded, own, () => {})
  // What a link leads to, and what addresses the reader.
  const lit = context.highlighted === message.seq || forMe !== null
  if (message.deleted) return <Tombstone row={row} context={context} />
  return (
    <div
      className="col"
      data-row={row.key}
      onPointerEnter={(e) => e.pointerType !== "touch" && setNear(true)}
      onPointerLeave={(e) => e.pointerType !== "touch" && setNear(false)}
      onPointerUp={(event) => {
        const met = metBy(event, message.authorId)
        if (met) ask({ kind: "profile", ...met, guildId: context.guildId })
        else tap(event)
      }}
      onFocus={() => setWithin(true)}
      onBlur={(e) => !e.currentTarget.contains(e.relatedTarget) && setWithin(false)}
    >
      {day !== null && <Day day={day} />}
      {newSince !== null && (
        <div className="since">
          {newSince > 0 ? t("newSince", { time: sinceText(newSince, message.createdAt, formats) }) : t("new")}
        </div>
      )}
      <RowShell
        authorId={message.authorId}
        at={message.createdAt}
        leads={leads}
        content={message.content}
        className={`${talked ? " talked" : ""}${lit ? ` lit-msg${forMe?.above ? " more-above" : ""}${forMe?.below ? " more-below" : ""}` : ""}`}
        data-seq={message.seq}
        state={isPinned ? tAct("pinned") : ""}
        above={message.replyTo !== null && <Answered context={context} seq={message.replyTo} />}
        below={
          <>
            <Reactions message={message} mayReact={context.mayReact} />
            <OnThread message={message} context={context} />
            {talked && marks && <marks.ReceiptMark message={message} />}
            {wanted && loaded && <loaded.MessageTools message={message} context={context} />}
          </>
        }
      >
        {own && drawn ? (
          <drawn.Drawn {...{ message, context }} />
        ) : isAsked ? (
          // Until its code is there: as high as it is then.
          pollParts(message.content).map((part, i) =>
            i === 0 ? (
              <Markdown key={i} content={part} />
            ) : (
              <p key={i} className="poll-line">
                {part}
              </p>
            ),
          )
        ) : (
          <Markdown content={message.content} />
        )}
        {message.editedAt !== null && (
          <Edited message={message} mayKnow={context.canModerate || message.authorId === context.me} />
        )}
        {isPinned && <PushPinIcon className="i s pin-mark" aria-hidden="true" />}
        <Previews message={message} context={context} />
      </RowShell>
    </div>
  )
})

/** That it was edited; for who may know it, the way to what it said before. */
const Edited = ({ message, mayKnow }: { message: Message; mayKnow: boolean }) => {
  const t = useTranslations("message")
  const tAct = useTranslations("act")
  const title = useFormats().full(message.editedAt ?? 0)
  const ask = useAsk()
  if (!mayKnow)
    return (
      <span className="edited" title={title}>
        {t("edited")}
      </span>
    )
  return (
    <button
      type="button"
      className="edited"
      title={title}
      aria-label={`${t("edited")}, ${tAct("history")}`}
      onClick={() => ask({ kind: "versions", channelId: message.channelId, seq: message.seq })}
    >
      {t("edited")}
    </button>
  )
}

/** The line of the thread on it; its place is kept until its code is here. */
const OnThread = ({ message: { thread }, context: { guildId, channelId } }: Props) => {
  const loaded = useOnDemand(threadLine, thread !== undefined, () => {})
  if (!thread) return null
  return loaded ? <loaded.ThreadLine {...{ guildId, channelId, line: thread }} /> : <div className="thread" />
}

/** Cards of what it links to. */
const Previews = ({ message, context }: Props) => {
  const { previews = [] } = message
  const loaded = useOnDemand(previewCard, previews.length > 0, () => {})
  return previews.map((preview, i) => (
    <div key={preview.url} className={previewBox(preview)}>
      {loaded && <loaded.PreviewCard {...{ preview, message, context, first: i === 0 }} />}
    </div>
  ))
}

/** What was answered, and is not there any more. */
const Tombstone = ({ row, context }: { row: MessageRow; context: RowContext }) => {
  const t = useTranslations("message")
  return (
    <div className="col" data-row={row.key}>
      {row.day !== null && <Day day={row.day} />}
      <article className="sys" tabIndex={-1} data-seq={row.message.seq} aria-label={t("deleted")}>
        <ArrowBendUpLeftIcon className="i" aria-hidden="true" />
        <span>{t("deleted")}</span>
        <OnThread message={row.message} context={context} />
      </article>
    </div>
  )
}

/** Whom a press on a face or a name is about. By key it is in the message's menu. */
const metBy = ({ target, button }: PointerEvent, authorId: Snowflake) => {
  const anchor = (target as Element).closest<HTMLElement>("a, button, .face, .who, .at")
  const userId = anchor?.dataset["person"] ?? (anchor?.parentElement?.matches(".msg") && authorId)
  return anchor && userId && button === 0 && { userId, anchor }
}

/** A tap on what is not itself to be pressed shows what can be done with the message, as the focus does. */
const tap = (event: PointerEvent<HTMLElement>) => {
  if (event.pointerType !== "touch" || (event.target as Element).closest("a, button, summary")) return
  if (window.getSelection()?.isCollapsed === false) return
  event.currentTarget.querySelector<HTMLElement>("article")?.focus({ preventScroll: true, focusVisible: false })
}
