import type { UserCard } from "@hearth/core"

const SETTLE_MS = 120
const LIMIT = 10
const KEPT = 200
/** Somebody may have joined, or have another name. */
const FRESH_MS = 60_000

/** As names are folded where they are searched. */
export const fold = (s: string): string => s.normalize("NFKC").toLowerCase()
/** For what is known here: accents need not be typed, and any of the names will do. */
const plain = (s: string): string => fold(s).normalize("NFD").replace(/\p{M}/gu, "")

export const matchesName = (name: string, query: string): boolean =>
  ` ${plain(name)}`.includes(` ${plain(query).trimStart()}`) || fold(name).startsWith(fold(query))

export interface Found {
  people: readonly UserCard[]
  /** The answer is on its way. */
  waiting: boolean
}

/**
 * Members of one server by the beginning of their name. What was asked a moment ago is not asked again; neither is what begins
 * like something of which all are known.
 */
export const createMemberSearch = (
  ask: (prefix: string, limit: number) => Promise<readonly UserCard[]>,
  onAnswer: (people: readonly UserCard[]) => void,
  onFail: (error: unknown) => void = () => {},
) => {
  const known = new Map<string, { people: readonly UserCard[]; at: number }>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let wanted: string | null = null
  let asking = false

  const answerTo = (prefix: string, since: number): readonly UserCard[] | undefined => {
    const get = (of: string) => {
      const answer = known.get(of)
      return answer && answer.at > since ? answer.people : undefined
    }
    const exact = get(prefix)
    if (exact) return exact
    for (let length = prefix.length - 1; length >= 0; length--) {
      const shorter = get(prefix.slice(0, length))
      if (shorter && shorter.length < LIMIT) return shorter.filter((p) => fold(p.displayName).startsWith(prefix))
    }
    return undefined
  }
  const freshTo = (prefix: string) => answerTo(prefix, Date.now() - FRESH_MS)
  const bestTo = (prefix: string) => freshTo(prefix) ?? answerTo(prefix, 0) ?? []

  const run = async () => {
    if (asking || wanted === null) return
    const prefix = wanted
    asking = true
    try {
      const people = await ask(prefix, LIMIT)
      known.set(prefix, { people, at: Date.now() })
      if (known.size > KEPT) known.delete(known.keys().next().value ?? "")
      onAnswer(people)
    } catch (error) {
      // Those who are known here are there; the next letter asks again. What nobody waits for any more did not fail them.
      if (wanted === prefix) onFail(error)
    } finally {
      asking = false
      if (wanted === prefix) wanted = null
    }
    // What was typed meanwhile: one question at a time.
    if (wanted !== null && !freshTo(wanted)) void run()
  }

  return {
    /** What is known at once; asks when it is not all, or was asked long ago. */
    find: (query: string): Found => {
      const prefix = fold(query)
      const answer = freshTo(prefix)
      if (answer) {
        wanted = null
        return { people: answer, waiting: false }
      }
      if (wanted !== prefix) {
        wanted = prefix
        clearTimeout(timer)
        timer = setTimeout(() => void run(), SETTLE_MS)
      }
      return { people: bestTo(prefix), waiting: true }
    },
    /** What is known, without a question. */
    known: (query: string): readonly UserCard[] => bestTo(fold(query)),
    stop: () => {
      wanted = null
      clearTimeout(timer)
    },
  }
}
export type MemberSearch = ReturnType<typeof createMemberSearch>
