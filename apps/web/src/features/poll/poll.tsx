"use client"
import { fromPoll, isPollOver, type Message, optionEmoji, type Poll, pollEnd } from "@hearth/core"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useFormats } from "../../i18n/formats.ts"
import { Markdown } from "../message/markdown/markdown.tsx"
import type { RowContext } from "../message/row-context.ts"
import { useOwnReactions, useToggle } from "../message/services.tsx"
import { useAsk } from "../shell/dialogs.tsx"
import { untilThen } from "./until.ts"
import { PollOption } from "./poll-option.tsx"
import { useNowUntil } from "./use-now-until.ts"
import { useVoters } from "./use-voters.ts"

interface Props {
  message: Message
  context: RowContext
}

/** What is asked, and how people voted. */
export const Drawn = (props: Props) => {
  const poll = fromPoll(props.message.content)
  return poll ? <Asked poll={poll} {...props} /> : <Markdown content={props.message.content} />
}

const Asked = ({ poll, message, context }: Props & { poll: Poll }) => {
  const t = useTranslations("poll")
  const toggle = useToggle()
  const { reactions, mine } = useOwnReactions(message)
  const now = useNowUntil(pollEnd(poll, message.createdAt))
  // The server's clock decides: ours says what is drawn, and keeps nobody from voting.
  const [refused, setRefused] = useState(false)
  const closed = poll.ended || refused
  const over = closed || isPollOver(poll, message.createdAt, now)
  const emojis = optionEmoji.slice(0, poll.options.length)
  const votes = emojis.map((emoji) => reactions[emoji] ?? 0)
  const total = votes.reduce((sum, n) => sum + n, 0)
  const most = Math.max(1, ...votes)
  const voters = useVoters(message, poll.secret ? [] : emojis)
  const chosen = emojis.find((emoji) => mine.has(emoji))
  // Who may no longer vote may still take back.
  const mayPress = (emoji: string) => !closed && (mine.has(emoji) || context.mayReact)
  return (
    <>
      <Markdown content={poll.question} />
      <div className="poll" role={poll.several ? "group" : "radiogroup"} aria-label={t("choices")}>
        {poll.options.map((option, i) => {
          const emoji = emojis[i] ?? ""
          const n = votes[i] ?? 0
          return (
            <PollOption
              key={emoji}
              option={option}
              kind={poll.several ? "checkbox" : "radio"}
              chosen={mine.has(emoji)}
              // Of a group of radios one is reached by Tab: the chosen one, or the first.
              reached={poll.several || emoji === (chosen ?? emojis[0])}
              most={over && n === most}
              votes={n}
              share={total === 0 ? 0 : n / total}
              voters={voters.get(emoji) ?? []}
              onPress={mayPress(emoji) ? () => choose(emoji) : undefined}
            />
          )
        })}
        <Foot {...{ poll, message, total, over, now }} onTakeBack={takeBack()} />
      </div>
    </>
  )

  function press(emoji: string, on: boolean) {
    toggle(message, emoji, on, ({ code }) => code === "POLL_ENDED" && setRefused(true))
  }
  function choose(emoji: string) {
    // A radio that is chosen stays so.
    if (poll.several || !mine.has(emoji)) press(emoji, !mine.has(emoji))
  }
  function takeBack() {
    return chosen !== undefined && !poll.several && !over ? () => press(chosen, false) : undefined
  }
}

interface FootProps {
  poll: Poll
  message: Message
  total: number
  over: boolean
  now: number
  onTakeBack: (() => void) | undefined
}

const Foot = ({ poll, message, total, over, now, onTakeBack }: FootProps) => {
  const t = useTranslations("poll")
  const formats = useFormats()
  const ask = useAsk()
  const end = pollEnd(poll, message.createdAt)
  const { channelId, seq } = message
  const count = t("votes", { n: total })
  const said = [
    poll.secret && t("isSecret"),
    poll.several && !over && t("isSeveral"),
    over ? t("ended") : end !== null && t("ends", { when: untilThen(end - now, formats) }),
  ].filter((word) => word !== false)
  return (
    <div className="poll-foot">
      {poll.secret || total === 0 ? (
        <span>{count}</span>
      ) : (
        <button
          type="button"
          aria-label={`${count}, ${t("whoVoted")}`}
          data-tip={t("whoVoted")}
          onClick={() => ask({ kind: "voters", channelId, seq, options: poll.options })}
        >
          {count}
        </button>
      )}
      <span className="clip grow" title={end === null ? undefined : formats.full(end)}>
        {said.map((word) => `· ${word}`).join(" ")}
      </span>
      {onTakeBack && (
        <button type="button" onClick={onTakeBack}>
          {t("takeBack")}
        </button>
      )}
    </div>
  )
}
