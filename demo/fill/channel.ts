import type { Deps } from "@hearth/api"
import type { Snowflake } from "@hearth/core"
import { raiseLastSeq } from "@hearth/db"
import type { Draft, Op } from "@hearth/db/message-store"
import type { Person } from "../plan/cast.ts"
import type { PlannedMessage } from "../plan/history.ts"
import { insist } from "./insist.ts"

/** As many as one compare-and-set takes. */
const BLOCK = 64

export interface ChannelFill {
  channelId: Snowflake
  messages: readonly PlannedMessage[]
  idOf(person: Person): Snowflake
  signal: AbortSignal
  onProgress(stored: number): void
}

/**
 * Writes a channel's history into its log: the messages of a block, then what people reacted to them. Goes on where it stopped:
 * the head says how far it came, nonces keep what is there from being doubled, and a reaction that is there stays one.
 */
export const fillChannel = async (
  { db, store }: Pick<Deps, "db" | "store">,
  { channelId, messages, idOf, signal, onProgress }: ChannelFill,
): Promise<void> => {
  const { head } = await insist(() => store.head(channelId), signal)
  if (head > 0) await raiseLastSeq(db, [[channelId, head]])
  if (head >= messages.length) return onProgress(messages.length)
  let at = Math.floor(head / BLOCK) * BLOCK
  onProgress(at)
  while (at < messages.length) {
    const block = messages.slice(at, at + BLOCK)
    const drafts = block.map((message, i) => toDraft(message, at + i + 1, idOf))
    const { results } = await insist(() => store.append(channelId, drafts), signal)
    const done = block.slice(0, results.length)
    const ops = done.flatMap((message, i) => toOps(message, at + i + 1, idOf))
    if (ops.length > 0) await insist(() => store.change(channelId, ops), signal)
    at += done.length
    onProgress(at)
  }
  await raiseLastSeq(db, [[channelId, messages.length]])
}

const toDraft = (message: PlannedMessage, seq: number, idOf: (person: Person) => Snowflake): Draft => ({
  authorId: idOf(message.author),
  nonce: `demo-history-${String(seq).padStart(7, "0")}`,
  content: message.content,
  replyTo: message.replyTo,
  createdAt: message.at,
})

const toOps = ({ reactions }: PlannedMessage, seq: number, idOf: (person: Person) => Snowflake): Op[] =>
  reactions.flatMap(({ emoji, people }) =>
    people.map((person): Op => ({ kind: "react", seq, emoji, userId: idOf(person), on: true })),
  )
