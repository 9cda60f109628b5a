import type { Message } from "@hearth/core"
import { trpc } from "../trpc/client.ts"

const NAMED = 10

export interface ReactedBy {
  names: string[]
  more: number
}

const held = new WeakMap<Message, Map<string, Promise<ReactedBy>>>()

/** The first of those who gave a message this emoji: asked once, as long as nothing about the message changes. */
export const reactedBy = (message: Message, emoji: string): Promise<ReactedBy> => {
  const known = held.get(message) ?? new Map<string, Promise<ReactedBy>>()
  held.set(message, known)
  const asked = known.get(emoji) ?? ask(message, emoji)
  known.set(emoji, asked)
  asked.catch(() => known.delete(emoji))
  return asked
}

const ask = async ({ channelId, seq, reactions }: Message, emoji: string): Promise<ReactedBy> => {
  const { items } = await trpc.reaction.list.query({ channelId, seq, emoji, limit: NAMED })
  const names = items.map((card) => card.displayName)
  return { names, more: Math.max(0, (reactions[emoji] ?? 0) - names.length) }
}
