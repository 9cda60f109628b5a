import { AppError, can, type Listed, type Message, type MessageVersion, type Snowflake } from "@hearth/core"
import type { MessageStore } from "@hearth/db/message-store"
import { z } from "zod"
import { requireViewer } from "../access.ts"
import type { SignedIn } from "../context.ts"
import { fromCursor, toCursor } from "../paging.ts"

/** A message's versions, the newest first, each with what it said as far as that is kept. Versions are dense: each edit made one. */
export const pageOfVersions = async (
  store: MessageStore,
  message: Message,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Listed<{ version: number; content: string | null; writtenAt: number }>> => {
  const { channelId, seq } = message
  const top = Math.min(
    message.version,
    Number(fromCursor(cursor, z.tuple([z.string().regex(/^[1-9][0-9]{0,8}$/)]))?.[0] ?? message.version),
  )
  const bottom = Math.max(1, top - limit + 1)
  // One further: when a version was replaced is when the next was written.
  const wanted = Array.from({ length: top - bottom + 2 }, (_, i) => bottom - 1 + i).filter(
    (v) => v > 0 && v < message.version,
  )
  const old = new Map((await store.versions(channelId, seq, wanted)).map((d) => [Number(d.key), d]))
  const items = []
  for (let version = top; version >= bottom; version--) {
    const content = version === message.version ? message.content : (old.get(version)?.content ?? null)
    items.push({ version, content, writtenAt: old.get(version - 1)?.createdAt ?? message.createdAt })
  }
  return { items, next: bottom > 1 ? toCursor([String(bottom - 1)]) : null }
}

/** What a message says, and what it said before, the newest first. */
export const versions = async (
  { db, store, session }: SignedIn,
  input: { channelId: Snowflake; seq: number; cursor?: string | undefined; limit: number },
): Promise<Listed<MessageVersion>> => {
  const { channelId, seq } = input
  const { access, overwrites } = await requireViewer(db, channelId, session.userId)
  const message = await store.get(channelId, seq)
  // What was deleted is gone, with all that it said.
  if (!message || message.deleted) throw new AppError("UNKNOWN_MESSAGE", "There is no such message.")
  const mayModerate = can(access.rules, access.actor, "MANAGE_MESSAGES", overwrites)
  if (message.authorId !== session.userId && !mayModerate)
    throw new AppError("FORBIDDEN", "Only who wrote it, and who may manage messages, can see what it said before.")
  const page = await pageOfVersions(store, message, input)
  return {
    ...page,
    items: page.items.flatMap(({ content, ...version }) => (content === null ? [] : { ...version, content })),
  }
}
