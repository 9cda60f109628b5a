import type { Snowflake } from "@hearth/core"

export interface MessageAddress {
  channelId: Snowflake
  seq: number
}

/** What somebody pasted: where a message is, or its id, perhaps with its channel. */
export type AskedMessage =
  | { kind: "address"; at: MessageAddress }
  | { kind: "id"; messageId: Snowflake; channelId?: Snowflake }

const ID = /^[1-9][0-9]{0,18}$/
/** Numbers are far below this, and ids far above. */
const MAX_SEQ = 2 ** 31

const isId = (text: string | undefined): text is Snowflake =>
  text !== undefined && ID.test(text) && BigInt(text) < 2n ** 63n

/** The end of this page's address: a channel and a number. */
export const addressOfMessage = ([channelId, seq, ...more]: readonly string[]): MessageAddress | null =>
  more.length === 0 && isId(channelId) && isId(seq) && Number(seq) < MAX_SEQ ? { channelId, seq: Number(seq) } : null

/** null: it is none of these. */
export const readAsked = (text: string): AskedMessage | null => {
  const link = /\/s\/(\d+)\/(\d+)\/(\d+)(?:[/?#]|$)/.exec(text.trim())
  const words = link ? [link[2] ?? "", link[3] ?? ""] : text.split(/[\s,;:#/]+/).filter((word) => word !== "")
  const at = addressOfMessage(words)
  if (at) return { kind: "address", at }
  const [first, second, ...more] = words
  if (more.length > 0 || !isId(first)) return null
  if (second === undefined) return { kind: "id", messageId: first }
  return isId(second) ? { kind: "id", messageId: second, channelId: first } : null
}

export const traceHref = ({ channelId, seq }: MessageAddress): string => `/admin/message/${channelId}/${seq}`
