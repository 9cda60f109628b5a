import type { Snowflake } from "@hearth/core"
import { type DBSchema, type IDBPDatabase, openDB } from "idb"
import type { OutgoingRow, OutgoingStore, TabNews } from "./outgoing-queue.ts"

interface Schema extends DBSchema {
  outgoing: { key: string; value: OutgoingRow; indexes: { byUser: string } }
}

export const openOutgoingStore = (name = "hearth-outgoing"): OutgoingStore & { close(): Promise<void> } => {
  const memory = new Map<string, OutgoingRow>()
  // Some browsers refuse IndexedDB in private windows: then the queue lives as long as the page.
  const opening: Promise<IDBPDatabase<Schema> | null> = openDB<Schema>(name, 1, {
    upgrade: (db) => {
      db.createObjectStore("outgoing", { keyPath: "nonce" }).createIndex("byUser", "userId")
    },
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  }).catch(() => null)

  return {
    list: async (userId) => {
      const db = await opening
      const rows = db ? await db.getAllFromIndex("outgoing", "byUser", userId) : [...memory.values()]
      return rows.filter((r) => r.userId === userId).sort((a, b) => a.createdAt - b.createdAt)
    },
    put: async (row) => {
      const db = await opening
      if (db) await db.put("outgoing", row)
      else memory.set(row.nonce, row)
    },
    remove: async (nonce) => {
      const db = await opening
      if (db) await db.delete("outgoing", nonce)
      else memory.delete(nonce)
    },
    close: async () => (await opening)?.close(),
  }
}

/**
 * One tab of an account at a time: a tab that is still another account's must not keep this one's messages waiting. Where there
 * are no Web Locks (pages on plain http), every tab sends: the nonce makes that harmless.
 */
export const tabLock =
  (userId: Snowflake, locks: Pick<LockManager, "request"> | undefined = navigator.locks) =>
  async (work: () => Promise<void>, signal: AbortSignal): Promise<void> => {
    if (!locks) return work()
    await locks.request(`hearth-send:${userId}`, { signal }, work)
  }

/** A line to this browser's other tabs. */
export const tabNews = (hear: (news: TabNews) => void) => {
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("hearth-outgoing")
  channel?.addEventListener("message", (event: MessageEvent<TabNews>) => hear(event.data))
  return { tell: (news: TabNews) => channel?.postMessage(news), close: () => channel?.close() }
}
