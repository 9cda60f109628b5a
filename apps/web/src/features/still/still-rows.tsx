import "../message/message.css"
import "../poll/poll.css"
import "../preview/preview.css"
import type { Opening } from "@hearth/api"
import { isPoll, isVote, pollParts, type Snowflake } from "@hearth/core"
import { Face } from "@hearth/ui"
import { ArrowBendUpLeftIcon } from "@phosphor-icons/react/dist/ssr/ArrowBendUpLeft"
import { useFormatter, useTranslations } from "next-intl"
import type { Sign } from "../message/names.ts"
import { plainText } from "../message/markdown/plain-text.ts"
import { previewBox } from "../preview/box.ts"
import { SURE, sortReactions } from "../message/reaction-order.ts"
import { createRows } from "../message/rows.ts"
import { StillText } from "./still-text.tsx"

export interface StillPage extends Opening {
  me: Snowflake
}

/** Its clock is the reader's, which a server does not know. */
const CLOCK = "\u00a0"

/**
 * The newest messages as the server draws them, until the timeline is there and takes their place: the same heights, nothing to
 * press. Not for the ear: it would hear all of it twice.
 */
export const StillRows = ({ messages, people, roles, channels, me, label }: StillPage & { label: string }) => {
  const t = useTranslations("message")
  const unknown = useTranslations("common")("somebody")
  const format = useFormatter()
  const personName = (id: string) => people.get(id)?.displayName
  const nameOf = (sign: Sign, id: string): string =>
    sign === "@"
      ? (personName(id) ?? t("mentioned"))
      : sign === "@&"
        ? (roles.get(id) ?? t("unknownRole"))
        : (channels.get(id) ?? t("unknownChannel"))
  const bySeq = new Map(messages.map((m) => [m.seq, m]))
  const rows = createRows()(messages, [], { me, newAfter: null })
  return (
    <div className="timeline" role="status" aria-label={label}>
      <div className="still" aria-hidden="true" inert>
        {rows.map((row) => {
          if (row.kind !== "message") return null
          const { message, leads } = row
          if (message.deleted)
            return (
              <div className="col" key={row.key}>
                {row.day !== null && <div className="day">{CLOCK}</div>}
                <div className="sys">
                  <ArrowBendUpLeftIcon className="i" aria-hidden="true" />
                  <span>{t("deleted")}</span>
                  {message.thread && <div className="thread" />}
                </div>
              </div>
            )
          const name = personName(message.authorId) ?? unknown
          const answered = message.replyTo === null ? undefined : bySeq.get(message.replyTo)
          const reactions = sortReactions(message.reactions).filter(([emoji]) => !isVote(message.content, emoji))
          return (
            <div className="col" key={row.key}>
              {row.day !== null && <div className="day">{CLOCK}</div>}
              <div className={leads ? "msg" : "msg more"}>
                {leads && (
                  <>
                    <Face id={message.authorId} name={name} portrait={people.get(message.authorId)?.portrait} />
                    <b className="who clip" dir="auto">
                      {name}
                    </b>
                  </>
                )}
                {message.replyTo !== null && (
                  <span className="quote">
                    <span className="clip" dir="auto">
                      {answered && !answered.deleted
                        ? plainText(answered.content, { nameOf, timeOf: () => CLOCK })
                        : t("numbered", { seq: String(message.replyTo) })}
                    </span>
                  </span>
                )}
                <div className="body">
                  {isPoll(message.content) ? (
                    pollParts(message.content).map((part, i) =>
                      i === 0 ? (
                        <StillText key={i} content={part} nameOf={nameOf} />
                      ) : (
                        <p key={i} className="poll-line">
                          {part}
                        </p>
                      ),
                    )
                  ) : (
                    <StillText content={message.content} nameOf={nameOf} />
                  )}
                  {message.editedAt !== null && <span className="edited">{t("edited")}</span>}
                  {(message.previews ?? []).map((preview) => (
                    <div key={preview.url} className={previewBox(preview)} />
                  ))}
                </div>
                <time>{CLOCK}</time>
                {reactions.length > 0 && (
                  <div className={reactions.length > SURE ? "reacts full" : "reacts"}>
                    {reactions.map(([emoji, n]) => (
                      <span key={emoji} className="react">
                        <i>{emoji}</i>
                        {format.number(n)}
                      </span>
                    ))}
                  </div>
                )}
                {message.thread && <div className="thread" />}
              </div>
            </div>
          )
        })}
        <div className="end" />
      </div>
    </div>
  )
}
