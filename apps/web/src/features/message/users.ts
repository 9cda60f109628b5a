import type { Snowflake, UserCard } from "@hearth/core"
import { createSignal } from "../gateway/emitter.ts"

const SETTLE_MS = 20
const BATCH = 100
const RETRY_MS = 5_000

/** Cards of people, learned from pages and asked for in batches. Who cannot be found stays unknown and is not asked for again and again. */
export const createUsers = (fetchUsers: (userIds: Snowflake[]) => Promise<UserCard[]>) => {
  const cards = new Map<Snowflake, UserCard>()
  const asked = new Map<Snowflake, number>()
  const pending = new Set<Snowflake>()
  const changed = createSignal()
  let timer: ReturnType<typeof setTimeout> | undefined

  const add = (news: readonly UserCard[]) => {
    let moved = false
    for (const card of news) {
      const known = cards.get(card.id)
      if (known?.displayName === card.displayName && known.portrait === card.portrait) continue
      cards.set(card.id, card)
      moved = true
    }
    if (moved) changed.notify()
  }

  const flush = async () => {
    timer = undefined
    const userIds = [...pending].slice(0, BATCH)
    for (const id of userIds) pending.delete(id)
    if (pending.size > 0) timer = setTimeout(() => void flush(), SETTLE_MS)
    try {
      add(await fetchUsers(userIds))
    } catch {
      for (const id of userIds) asked.set(id, Date.now() - RETRY_MS / 2)
    }
  }

  return {
    add,
    get: (id: Snowflake) => cards.get(id),
    /** Asks for those that are not known, together with what others ask for now. */
    want: (ids: Iterable<Snowflake>) => {
      const now = Date.now()
      for (const id of ids) {
        if (cards.has(id) || now - (asked.get(id) ?? 0) < RETRY_MS) continue
        asked.set(id, now)
        pending.add(id)
      }
      if (pending.size > 0) timer ??= setTimeout(() => void flush(), SETTLE_MS)
    },
    all: () => cards,
    subscribe: changed.subscribe,
  }
}
export type Users = ReturnType<typeof createUsers>
