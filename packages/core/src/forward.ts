import { isPoll, pollParts, pollText } from "./poll-text.ts"
import type { Snowflake } from "./snowflake.ts"

/**
 * A message that was passed on lies in its log as text: a quote whose first line says of whom and from where, then what was said
 * with it. That line ends in a character that no person's text may have, so only a gateway can have written it. Who does not
 * know of it reads a quote.
 */
const MARK = "\u001e"
const HEAD = /^> (.+), \/s\/(\d{1,19})\/(\d{1,19})\/(\d{1,15})$/
const SIGN = /^> (.*), \/s\/[\d/]+/

export interface Source {
  /** The author's name as it was then. */
  name: string
  guildId: Snowflake
  channelId: Snowflake
  seq: number
}
export interface Forwarded {
  source: Source
  /** What the message said then. */
  text: string
  /** What was said with it; empty: nothing. */
  comment: string
}

export const isForwarded = (content: string): boolean => content.includes(MARK)

export const toForwarded = ({ source, text, comment }: Forwarded): string => {
  const { name, guildId, channelId, seq } = source
  const quote = readable(text).split("\n").join("\n> ")
  return `> ${name}, /s/${guildId}/${channelId}/${seq}${MARK}\n> ${quote}${comment && `\n\n${comment}`}`
}

/** Null: it was not passed on. */
export const fromForwarded = (content: string): Forwarded | null => {
  if (!isForwarded(content)) return null
  const [first = "", ...lines] = content.split("\n")
  const [, name, guildId, channelId, seq] = HEAD.exec(first.endsWith(MARK) ? first.slice(0, -1) : "") ?? []
  if (name === undefined || guildId === undefined || channelId === undefined) return null
  const end = lines.findIndex((line) => !line.startsWith("> "))
  const quote = end === -1 ? lines : lines.slice(0, end)
  return {
    source: { name, guildId, channelId, seq: Number(seq) },
    text: quote.map((line) => line.slice(2)).join("\n"),
    comment: end === -1 ? "" : lines.slice(end + 1).join("\n"),
  }
}

/** As whoever shows plain text or a quote writes it: without the place, which not everybody may know; of a poll what is asked. */
export const readable = (content: string): string => {
  if (isPoll(content)) return pollText(content)
  return isForwarded(content) ? content.replace(SIGN, "> **$1:**").replaceAll(MARK, "") : content
}

/** What the author of the message said: that is what they edit, and what addresses people. Of a poll it is the question. */
export const ownWords = (content: string): string => fromForwarded(content)?.comment ?? pollParts(content)[0] ?? content
