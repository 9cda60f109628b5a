import { type Receipt, type ReadState, type Receipts as ToldReceipts, type Snowflake, userRoom } from "@hearth/core"
import type { Database } from "@hearth/db"
import type { AccessCache } from "@hearth/db/access"
import { type Move, type Moved, raiseReceipts } from "@hearth/db/receipts"
import type { Connections, Feature } from "../connection.ts"
import type { Delivery } from "../delivery.ts"
import type { Heads } from "../heads.ts"
import type { Logger } from "../logger.ts"
import type { Bus } from "../ports.ts"
import type { Timings } from "../timings.ts"

export interface Receipts extends Feature {
  /** Somebody has read so far. What is no conversation of theirs is passed over. */
  read(userId: Snowflake, marks: readonly ReadState[]): void
}

export interface ReceiptDeps {
  db: Database
  access: Pick<AccessCache, "guildOf" | "isMember">
  connections: Pick<Connections, "ofUser">
  delivery: Pick<Delivery, "emit">
  bus: Pick<Bus, "tell" | "onTold">
  heads: Pick<Heads, "known">
  timings: Pick<Timings, "receipts" | "receiptsGather">
  clock: () => number
  log: Logger
}

const TOPIC = "receipts"
const AT_ONCE = 500

/**
 * What arrived at the people of conversations, and what they read: gathered, written behind, and told to those who may know it, by
 * one packet for all conversations, at most one an interval. The database says who that is when it writes. It is no part of the outbox: who
 * was away asks for all of it.
 */
export const createReceipts = (deps: ReceiptDeps): Receipts => {
  const { db, access, connections, delivery, bus, heads, timings, clock, log } = deps
  /** To be written, by conversation and person. */
  let moves = new Map<string, Move>()
  /** To be told, by who is told, conversation and whom it is about. */
  let untold = new Map<Snowflake, Map<Snowflake, Map<Snowflake, Receipt>>>()
  let timer: NodeJS.Timeout | undefined
  let turn: Promise<void> | undefined
  let turnedAt = Number.NEGATIVE_INFINITY
  let closed = false

  const note = (move: Move): void => {
    const key = `${move.conversationId}:${move.userId}`
    const held = moves.get(key)
    moves.set(key, {
      ...move,
      delivered: Math.max(move.delivered, held?.delivered ?? 0),
      read: Math.max(move.read, held?.read ?? 0),
      known: Math.max(move.known, held?.known ?? 0),
    })
  }

  /** Whoever is told is one of this node's, or of another, which hears it, too. */
  const hear = (told: readonly Moved[]): void => {
    for (const { conversationId, people, receipts } of told)
      for (const reader of people) {
        if (connections.ofUser(reader)[Symbol.iterator]().next().done) continue
        for (const { not = [], ...receipt } of receipts) {
          if (receipt.userId === reader || not.includes(reader)) continue
          const talks = untold.get(reader) ?? new Map<Snowflake, Map<Snowflake, Receipt>>()
          untold.set(reader, talks)
          const those = talks.get(conversationId) ?? new Map<Snowflake, Receipt>()
          talks.set(conversationId, those)
          const held = those.get(receipt.userId)
          if (!held || held.delivered < receipt.delivered || held.read < receipt.read)
            those.set(receipt.userId, receipt)
        }
      }
  }

  const tell = (): void => {
    const all = untold
    untold = new Map()
    for (const [reader, talks] of all) {
      const receipts: ToldReceipts = Object.fromEntries([...talks].map(([id, those]) => [id, [...those.values()]]))
      delivery.emit(userRoom(reader), "receipts:marked", [{ receipts }])
    }
  }

  const write = async (): Promise<void> => {
    const waiting = [...moves.values()]
    moves = new Map()
    while (waiting.length > 0) {
      const batch = waiting.splice(0, AT_ONCE)
      try {
        const told = await raiseReceipts(db, batch)
        if (told.length === 0) continue
        bus.tell(TOPIC, told)
        hear(told)
      } catch (error) {
        log.warn({ err: error instanceof Error ? error.message : error }, "receipts could not be written")
        for (const move of [...batch, ...waiting]) note(move)
        return
      }
    }
  }

  const run = (): void => {
    timer = undefined
    turnedAt = clock()
    turn = write().then(() => {
      turn = undefined
      tell()
      wake()
    })
  }

  const wake = (): void => {
    if (closed || timer || turn || (moves.size === 0 && untold.size === 0)) return
    timer = setTimeout(run, Math.max(timings.receiptsGather, turnedAt + timings.receipts - clock())).unref()
  }

  const stopHearing = bus.onTold(TOPIC, (data) => {
    hear(data as Moved[])
    wake()
  })

  const isOwn = (userId: Snowflake, id: Snowflake): boolean => access.guildOf(id) === id && access.isMember(userId, id)

  return {
    handlers: {
      "receipts:mark"({ delivered }, { userId }) {
        for (const [id, seq] of Object.entries(delivered))
          if (isOwn(userId, id)) note({ conversationId: id, userId, delivered: seq, read: 0, known: heads.known(id) })
        wake()
        return {}
      },
    },
    read(userId, marks) {
      for (const { channelId, lastReadSeq } of marks)
        if (lastReadSeq > 0 && isOwn(userId, channelId))
          note({
            conversationId: channelId,
            userId,
            delivered: lastReadSeq,
            read: lastReadSeq,
            known: lastReadSeq,
          })
      wake()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      stopHearing()
      await turn
      await write()
    },
  }
}
