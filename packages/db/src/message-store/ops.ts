import {
  fromPoll,
  isPoll,
  isPollOver,
  isVote,
  linksIn,
  type Message,
  optionEmoji,
  type Snowflake,
  takenBack,
  toPoll,
} from "@hearth/core"
import type { Op, OpResult, Refusal } from "./port.ts"

/** Different emoji on one message, beside a poll's options: more are refused as `forbidden`. */
export const MAX_EMOJI = 30
export const REACTOR = 1
export const OLD_VERSION = 2

/** A row as it was read, with those of its reactor keys that the ops ask about. */
export interface LogRow {
  message: Message
  reactors: ReadonlySet<string>
}
export interface NewDetail {
  seq: number
  kind: 1 | 2
  key: string
  content: string | null
}
export interface OpsPlan {
  rows: Message[]
  added: NewDetail[]
  gone: { seq: number; kind: 1; key: string }[]
  /** The rewritten rows of which that changed what few messages have. */
  extras: ReadonlySet<number>
  /** The answers, once the store has said which `ver` the rewritten rows got. */
  results(ver: number): OpResult[]
}

export const reactorKey = (emoji: string, userId: Snowflake) => `${emoji}:${userId}`

const REFUSALS: ReadonlySet<string> = new Set<Refusal>(["missing", "forbidden", "fixed", "ended"])
const isRefusal = (status: OpResult["status"]): status is Refusal => REFUSALS.has(status)

/** What an op may ask about. A vote for one option takes those for the others back. */
export const reactorKeysOf = (ops: readonly Op[]): string[] => [
  ...new Set(
    ops.flatMap((op) => {
      if (op.kind !== "react") return []
      const emojis = optionEmoji.includes(op.emoji) ? optionEmoji : [op.emoji]
      return emojis.map((emoji) => reactorKey(emoji, op.userId))
    }),
  ),
]

const counted = (reactions: Message["reactions"], emoji: string, by: 1 | -1): Message["reactions"] => {
  const { [emoji]: count = 0, ...others } = reactions
  return count + by > 0 ? { ...others, [emoji]: count + by } : others
}

/**
 * What an edit leaves of the cards: those of links that are still there. Taken away they stay away, until it links elsewhere.
 * An edit by a node that knows no cards leaves some that are of no link any more: they go with the next one.
 */
const relinked = (message: Message, content: string): Message => {
  const { previews, ...bare } = message
  if (!previews) return message
  const [before, after] = [linksIn(message.content), linksIn(content)]
  const isStill = before.join(" ") === after.join(" ")
  if (isStill && previews.every(({ url }) => after.includes(url))) return message
  const kept = previews.filter(({ url }) => after.includes(url))
  return kept.length > 0 ? { ...bare, previews: kept } : bare
}

/** Works out, on rows as they were read, what a list of ops does. One rule book for every store; writes nothing. */
export const planOps = (ops: readonly Op[], read: ReadonlyMap<number, LogRow>, now: number): OpsPlan => {
  const current = new Map([...read].map(([seq, row]) => [seq, row.message]))
  const reactors = new Map([...read].map(([seq, row]) => [seq, new Set(row.reactors)]))
  const rewritten = new Set<number>()
  const versions: NewDetail[] = []

  const rewrite = (message: Message, change: Partial<Message>) => {
    current.set(message.seq, { ...message, ...change })
    rewritten.add(message.seq)
    return "changed" as const
  }
  const keepVersion = ({ seq, version, content }: Message) =>
    versions.push({ seq, kind: OLD_VERSION, key: String(version), content })

  const statuses = ops.map((op): OpResult["status"] => {
    const message = current.get(op.seq)
    if (!message) return "missing"
    if (op.kind === "react") return react(op, message)
    if (op.kind === "thread") {
      const isNews = op.thread.replies > (message.thread?.replies ?? 0)
      return isNews ? rewrite(message, { thread: op.thread }) : "unchanged"
    }
    if (op.kind === "preview") return preview(op, message)
    if (op.kind === "unpreview" && message.deleted) return "missing"
    if (op.kind === "end" && (message.deleted || !isPoll(message.content))) return "missing"
    if (op.by !== null && op.by !== message.authorId) return "forbidden"
    if (op.kind === "end") return end(message)
    if (op.kind === "unpreview") {
      const isWithout = message.previews ? message.previews.length === 0 : linksIn(message.content).length === 0
      return isWithout ? "unchanged" : rewrite(message, { previews: [] })
    }
    if (op.kind === "delete") {
      if (message.deleted) return "unchanged"
      keepVersion(message)
      const { previews: _, ...bare } = message
      return rewrite(bare, { deleted: true, content: "", reactions: {}, version: message.version + 1 })
    }
    if (message.deleted) return "missing"
    if (isPoll(message.content)) return "fixed"
    // The same words, at the version that was edited or at the next one: a retry, or nothing to do.
    if (message.content === op.content && message.version - op.version <= 1 && message.version >= op.version)
      return "unchanged"
    if (message.version !== op.version) return "conflict"
    keepVersion(message)
    return rewrite(relinked(message, op.content), {
      content: op.content,
      version: message.version + 1,
      editedAt: now,
    })
  })

  function react({ seq, emoji, userId, on }: Extract<Op, { kind: "react" }>, message: Message): OpResult["status"] {
    if (message.deleted) return "missing"
    const keys = reactors.get(seq) ?? new Set<string>()
    if (keys.has(reactorKey(emoji, userId)) === on) return "unchanged"
    const { content, createdAt } = message
    const poll = isVote(content, emoji) ? fromPoll(content) : null
    if (poll && isPollOver(poll, createdAt, now)) return "ended"
    const others = Object.keys(message.reactions).filter((one) => one !== emoji && !isVote(content, one))
    if (on && !poll && others.length >= MAX_EMOJI && !message.reactions[emoji]) return "forbidden"
    let reactions = counted(message.reactions, emoji, on ? 1 : -1)
    for (const other of on ? takenBack(content, emoji) : [])
      if (keys.delete(reactorKey(other, userId))) reactions = counted(reactions, other, -1)
    if (on) keys.add(reactorKey(emoji, userId))
    else keys.delete(reactorKey(emoji, userId))
    return rewrite(message, { reactions })
  }

  function preview(op: Extract<Op, { kind: "preview" }>, message: Message): OpResult["status"] {
    const { previews: held, content } = message
    if (message.deleted || held?.length === 0) return "unchanged"
    const known = [...op.previews, ...(held ?? [])]
    const previews = linksIn(content).flatMap((url) => known.find((p) => p.url === url) ?? [])
    const isNews = previews.length > 0 && JSON.stringify(previews) !== JSON.stringify(held)
    return isNews ? rewrite(message, { previews }) : "unchanged"
  }

  function end(message: Message): OpResult["status"] {
    const poll = fromPoll(message.content)
    if (!poll || isPollOver(poll, message.createdAt, now)) return "unchanged"
    keepVersion(message)
    return rewrite(message, { content: toPoll({ ...poll, ended: true }), version: message.version + 1 })
  }

  const moved = [...rewritten].flatMap((seq) => {
    const before = read.get(seq)?.reactors ?? new Set<string>()
    const after = reactors.get(seq) ?? new Set<string>()
    return [
      ...[...after].filter((key) => !before.has(key)).map((key) => ({ seq, kind: REACTOR, key, on: true }) as const),
      ...[...before].filter((key) => !after.has(key)).map((key) => ({ seq, kind: REACTOR, key, on: false }) as const),
    ]
  })

  return {
    rows: [...rewritten].flatMap((seq) => current.get(seq) ?? []),
    added: [...versions, ...moved.filter((m) => m.on).map(({ seq, kind, key }) => ({ seq, kind, key, content: null }))],
    extras: new Set(
      [...rewritten].filter((seq) => {
        const [before, after] = [read.get(seq)?.message, current.get(seq)]
        return before?.thread !== after?.thread || before?.previews !== after?.previews
      }),
    ),
    gone: moved.filter((m) => !m.on).map(({ seq, kind, key }) => ({ seq, kind, key })),
    results: (ver) =>
      ops.map((op, i): OpResult => {
        const status = statuses[i] ?? "missing"
        const message = current.get(op.seq)
        if (isRefusal(status)) return { status }
        if (!message) return { status: "missing" }
        return { status, message: rewritten.has(op.seq) ? { ...message, mver: ver } : message }
      }),
  }
}
