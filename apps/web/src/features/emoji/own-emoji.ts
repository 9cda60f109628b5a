const KEY = "hearth.emoji"
const KEPT = 24

export interface OwnEmoji {
  /** The last used, the newest first. */
  recent: string[]
  tone: number
}

type Store = Pick<Storage, "getItem" | "setItem">

/** What somebody uses in this browser. */
export const readOwnEmoji = (storage: () => Store = () => localStorage): OwnEmoji => {
  try {
    const stored: unknown = JSON.parse(storage().getItem(KEY) ?? "null")
    if (typeof stored === "object" && stored !== null) {
      const { recent, tone } = stored as Record<string, unknown>
      return {
        recent: Array.isArray(recent) ? recent.filter((x) => typeof x === "string").slice(0, KEPT) : [],
        tone: typeof tone === "number" && tone > 0 && tone < 6 ? Math.floor(tone) : 0,
      }
    }
  } catch {
    // A browser that keeps nothing, or something odd in there.
  }
  return { recent: [], tone: 0 }
}

const keep = (own: OwnEmoji, storage: () => Store) => {
  try {
    storage().setItem(KEY, JSON.stringify(own))
  } catch {
    // It is asked for again the next time.
  }
}

export const rememberEmoji = (emoji: string, storage: () => Store = () => localStorage): void => {
  const own = readOwnEmoji(storage)
  keep({ ...own, recent: [emoji, ...own.recent.filter((e) => e !== emoji)].slice(0, KEPT) }, storage)
}

export const rememberTone = (tone: number, storage: () => Store = () => localStorage): void =>
  keep({ ...readOwnEmoji(storage), tone }, storage)
