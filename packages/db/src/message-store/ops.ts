import type { Message, Snowflake } from "@hearth/core"
import type { Op, OpResult } from "./port.ts"

/** Different emoji on one message: more are refused as `forbidden`. */
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
  /** The answers, once the store has said which `ver` the rewritten rows got. */
  results(ver: number): OpResult[]
}

export const reactorKey = (emoji: string, userId: Snowflake) => `${emoji}:${userId}`

export const reactorKeysOf = (ops: readonly Op[]): string[] => [
  ...new Set(ops.flatMap((op) => (op.kind === "react" ? [reactorKey(op.emoji, op.userId)] : []))),
]

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
    if (op.by !== null && op.by !== message.authorId) return "forbidden"
    if (op.kind === "delete") {
      if (message.deleted) return "unchanged"
      keepVersion(message)
      return rewrite(message, { deleted: true, content: "", reactions: {}, version: message.version + 1 })
    }
    if (message.deleted) return "missing"
    // The same words, at the version that was edited or at the next one: a retry, or nothing to do.
    if (message.content === op.content && message.version - op.version <= 1 && message.version >= op.version)
      return "unchanged"
    if (message.version !== op.version) return "conflict"
    keepVersion(message)
    return rewrite(message, { content: op.content, version: message.version + 1, editedAt: now })
  })

  function react(op: Extract<Op, { kind: "react" }>, message: Message): OpResult["status"] {
    if (message.deleted) return "missing"
    const keys = reactors.get(op.seq) ?? new Set<string>()
    const key = reactorKey(op.emoji, op.userId)
    if (keys.has(key) === op.on) return "unchanged"
    const { [op.emoji]: count = 0, ...others } = message.reactions
    if (op.on && count === 0 && Object.keys(others).length >= MAX_EMOJI) return "forbidden"
    const next = count + (op.on ? 1 : -1)
    if (op.on) keys.add(key)
    else keys.delete(key)
    return rewrite(message, { reactions: next > 0 ? { ...others, [op.emoji]: next } : others })
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
    gone: moved.filter((m) => !m.on).map(({ seq, kind, key }) => ({ seq, kind, key })),
    results: (ver) =>
      ops.map((op, i): OpResult => {
        const status = statuses[i] ?? "missing"
        const message = current.get(op.seq)
        if (status === "missing" || status === "forbidden" || !message)
          return { status: status === "forbidden" ? status : "missing" }
        return { status, message: rewritten.has(op.seq) ? { ...message, mver: ver } : message }
      }),
  }
}
