import type { Snowflake } from "@hearth/core"
import type { OutgoingRow, OutgoingStore, TabNews } from "./outgoing-queue.ts"

const STORE = "outgoing"

const open = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: "nonce" }).createIndex("byUser", "userId")
    }
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const db = request.result
      // Another tab has newer code, and waits for this.
      db.onversionchange = () => db.close()
      resolve(db)
    }
  })

/** Resolves when all of it is kept: what a request has written may still go with its transaction. */
const inStore = <T>(
  db: IDBDatabase,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const transaction = db.transaction(STORE, mode)
    const request = ask(transaction.objectStore(STORE))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error)
  })

export const openOutgoingStore = (name = "hearth-outgoing"): OutgoingStore & { close(): Promise<void> } => {
  const memory = new Map<string, OutgoingRow>()
  // Some browsers refuse IndexedDB in private windows: then the queue lives as long as the page.
  const opening = open(name).catch(() => null)

  return {
    list: async (userId) => {
      const db = await opening
      const rows = db
        ? await inStore<OutgoingRow[]>(db, "readonly", (store) => store.index("byUser").getAll(userId))
        : [...memory.values()]
      return rows.filter((r) => r.userId === userId).sort((a, b) => a.createdAt - b.createdAt)
    },
    put: async (row) => {
      const db = await opening
      if (db) await inStore(db, "readwrite", (store) => store.put(row))
      else memory.set(row.nonce, row)
    },
    remove: async (nonce) => {
      const db = await opening
      if (db) await inStore(db, "readwrite", (store) => store.delete(nonce))
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
