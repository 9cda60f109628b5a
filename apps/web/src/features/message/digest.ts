import type { Message } from "@hearth/core"

/** What comes within this after something was said is gathered, and said as one. */
export const GATHER_MS = 4000

export type Said = { one: Message } | { many: number; people: number }

/** Messages for the ear: the first at once, a burst that follows it in one sentence. */
export const createDigest = (say: (said: Said) => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null
  let waiting: Message[] = []
  const rest = () => {
    timer = setTimeout(() => {
      timer = null
      tell()
    }, GATHER_MS)
  }
  const tell = () => {
    const [first, second] = waiting
    if (!first) return
    say(second ? { many: waiting.length, people: new Set(waiting.map((m) => m.authorId)).size } : { one: first })
    waiting = []
    rest()
  }
  return {
    add: (messages: readonly Message[]): void => {
      waiting.push(...messages)
      if (timer === null) tell()
    },
    stop: (): void => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      waiting = []
    },
  }
}
