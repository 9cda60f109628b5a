import { createSignal } from "../gateway/emitter.ts"

/** What an account has put away, kept in this browser. There is no place for it on the account, and no need of one. */
export interface Kept {
  has(userId: string, what: string): boolean
  add(userId: string, what: string): void
  subscribe(f: () => void): () => void
}

type Storage = Pick<globalThis.Storage, "getItem" | "setItem">

export const createKept = (name: string, storage: () => Storage): Kept => {
  const changed = createSignal()
  // Where the browser keeps nothing it holds for as long as the page does.
  const here = new Set<string>()
  const stored = (userId: string): string[] => {
    try {
      const list: unknown = JSON.parse(storage().getItem(`hearth.${name}.${userId}`) ?? "[]")
      return Array.isArray(list) ? list.filter((x) => typeof x === "string") : []
    } catch {
      return []
    }
  }
  return {
    has: (userId, what) => here.has(`${userId} ${what}`) || stored(userId).includes(what),
    add: (userId, what) => {
      here.add(`${userId} ${what}`)
      try {
        const list = new Set([...stored(userId), what])
        storage().setItem(`hearth.${name}.${userId}`, JSON.stringify([...list]))
      } catch {
        // A full or closed storage: see above.
      }
      changed.notify()
    },
    subscribe: changed.subscribe,
  }
}
