import { isPoll, isVote, POLL_SIGN, pollParts } from "./poll-text.ts"

export const MAX_QUESTION = 300
export const MAX_OPTION = 100
export const MIN_OPTIONS = 2
export const MAX_OPTIONS = 10
const HOUR = 3_600_000
/** For how many hours a poll is open. */
export const POLL_HOURS = [1, 24, 72, 168] as const

/** What votes for an option: a reaction with its emoji. The first option has the first. */
export const optionEmoji: readonly string[] = [
  ...Array.from({ length: MAX_OPTIONS - 1 }, (_, i) => `${i + 1}\ufe0f\u20e3`),
  "🔟",
]

export interface Poll {
  question: string
  options: string[]
  several: boolean
  secret: boolean
  hours?: number | undefined
  /** Somebody ended it before its time. */
  ended: boolean
}

const TERMS = /^1(–\d+)?( · 🔒)?(?: · (\d+) h)?( · 🏁)?$/u

export const toPoll = ({ question, options, several, secret, hours, ended }: Poll): string =>
  [
    question,
    ...options.map((option, i) => `${optionEmoji[i]} ${POLL_SIGN}${option}`),
    `– ${POLL_SIGN}1${several ? `–${options.length}` : ""}${secret ? " · 🔒" : ""}${hours ? ` · ${hours} h` : ""}${ended ? " · 🏁" : ""}`,
  ].join("\n")

/** Null: it is none. */
export const fromPoll = (content: string): Poll | null => {
  if (!isPoll(content)) return null
  const [question = "", ...options] = pollParts(content)
  const [terms, several, secret, hours, ended] = TERMS.exec(options.pop() ?? "") ?? []
  if (terms === undefined) return null
  return {
    question,
    options,
    several: several !== undefined,
    secret: secret !== undefined,
    hours: hours === undefined ? undefined : Number(hours),
    ended: ended !== undefined,
  }
}

/** When it ends by itself; null: never, or it has been ended. By the server's time of the message. */
export const pollEnd = ({ hours, ended }: Poll, createdAt: number): number | null =>
  hours === undefined || ended ? null : createdAt + hours * HOUR

export const isPollOver = (poll: Poll, createdAt: number, now: number): boolean =>
  poll.ended || now >= (pollEnd(poll, createdAt) ?? Number.POSITIVE_INFINITY)

/** What a vote with this emoji takes back: the other options, where one chooses one. */
export const takenBack = (content: string, emoji: string): string[] => {
  const poll = isVote(content, emoji) ? fromPoll(content) : null
  return !poll || poll.several ? [] : optionEmoji.slice(0, poll.options.length).filter((other) => other !== emoji)
}
