import type { PersonReceipt, Receipts, Snowflake } from "@hearth/core"
import { createSignal } from "../gateway/emitter.ts"
import type { GatewayClient } from "../gateway/gateway-client.ts"

export interface ReceiptDeps {
  client: Pick<GatewayClient, "on" | "onOnline">
  list: (conversationId: Snowflake) => Promise<readonly PersonReceipt[]>
}

const AGAIN_MS = 5_000
/** Rows come and go while one scrolls: so long is kept what none of them looks at. */
const KEPT_MS = 1_000

/** Marks only rise. The same list when none does. */
export const withMarks = (
  people: readonly PersonReceipt[],
  marks: Receipts[Snowflake] = [],
): readonly PersonReceipt[] => {
  const rises = (person: PersonReceipt) =>
    marks.find((m) => m.userId === person.user.id && (m.delivered > person.delivered || m.read > person.read))
  if (!people.some(rises)) return people
  return people.map((person) => {
    const mark = rises(person)
    if (!mark) return person
    return {
      ...person,
      delivered: Math.max(person.delivered, mark.delivered),
      read: Math.max(person.read, mark.read),
    }
  })
}

/** One conversation, from when it is looked at until it is not: what was asked for, and what was heard since. */
const follow = ({ client, list }: ReceiptDeps, id: Snowflake) => {
  const changed = createSignal()
  let people: readonly PersonReceipt[] | null = null
  /** While an answer is awaited. */
  let heard: Receipts[Snowflake][] | null = null
  let asked = 0
  let again: ReturnType<typeof setTimeout> | undefined

  const set = (next: readonly PersonReceipt[]) => {
    if (next === people) return
    people = next
    changed.notify()
  }
  /** Anew whenever something may have been missed. Who is told no more has to hear of it, so what was held goes. */
  const ask = (): void => {
    clearTimeout(again)
    const mine = ++asked
    heard = []
    list(id).then(
      (found) => {
        if (mine !== asked) return
        set((heard ?? []).reduce(withMarks, found))
        heard = null
      },
      () => {
        if (mine !== asked) return
        heard = null
        again = setTimeout(ask, AGAIN_MS)
      },
    )
  }
  const offs = [
    client.on("receipts:marked", ({ receipts }) => {
      const marks = receipts[id]
      if (!marks) return
      heard?.push(marks)
      if (people) set(withMarks(people, marks))
    }),
    // Somebody came or went.
    client.on("conversation:updated", ({ guildId }) => guildId === id && ask()),
    // Whether one is told anything changed, on whatever device.
    client.on("rules:updated", ({ receipts }) => receipts !== undefined && ask()),
    client.onOnline(ask),
  ]
  return {
    subscribe: changed.subscribe,
    people: () => people,
    stop: () => {
      asked++
      clearTimeout(again)
      for (const off of offs) off()
    },
  }
}

/** How far others have the conversations that are looked at. */
export const createReceipts = (deps: ReceiptDeps) => {
  const followed = new Map<Snowflake, ReturnType<typeof follow> & { lookers: number }>()
  return {
    watch: (id: Snowflake, listener: () => void) => {
      const one = followed.get(id) ?? { ...follow(deps, id), lookers: 0 }
      followed.set(id, one)
      one.lookers++
      const off = one.subscribe(listener)
      return () => {
        off()
        one.lookers--
        setTimeout(() => {
          if (one.lookers > 0 || followed.get(id) !== one) return
          one.stop()
          followed.delete(id)
        }, KEPT_MS)
      }
    },
    /** null: not known yet. */
    of: (id: Snowflake): readonly PersonReceipt[] | null => followed.get(id)?.people() ?? null,
  }
}
export type ReceiptsStore = ReturnType<typeof createReceipts>
