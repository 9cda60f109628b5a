import type { Snowflake } from "@hearth/core"
import type { Draft, Outcome } from "../port.ts"

interface Waiting {
  channelId: Snowflake
  drafts: readonly Draft[]
}
interface Held extends Waiting {
  since: number
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

export interface AppendsOptions {
  one: (waiting: Waiting) => Promise<Outcome>
  /** Of several channels, each once, in one transaction. It fails soon where it would have to wait for another. */
  many: (waiting: readonly Waiting[]) => Promise<PromiseSettledResult<Outcome>[]>
  /** Whether a failure of all says nothing of each: a statement that is wrong, a lock that was not had. */
  isOfOne: (error: unknown) => boolean
  /** Who waited longer, in ms, has been told so already: nothing of theirs is written any more. */
  limitMs: number
  /** Statements under way at once. More would only share the same disk, and gather less. */
  atOnce?: number
  most?: { channels: number; drafts: number }
}

/**
 * Appends to several channels leave together: those of one turn of the event loop, and those that come while statements are under
 * way. Who comes alone goes at once. What fails for all is tried for each by itself.
 */
export const createAppends = ({
  one,
  many,
  isOfOne,
  limitMs,
  atOnce = 2,
  most = { channels: 64, drafts: 256 },
}: AppendsOptions): ((channelId: Snowflake, drafts: readonly Draft[]) => Promise<Outcome>) => {
  let waiting: Held[] = []
  let underWay = 0
  let scheduled = false

  /** The first of each channel, as far as one statement carries them. The others keep their order. */
  const take = (): Held[] => {
    const taken: Held[] = []
    const left: Held[] = []
    const seen = new Set<Snowflake>()
    let drafts = 0
    for (const held of waiting) {
      const full = taken.length > 0 && (taken.length >= most.channels || drafts + held.drafts.length > most.drafts)
      if (full || seen.has(held.channelId)) left.push(held)
      else {
        taken.push(held)
        drafts += held.drafts.length
      }
      seen.add(held.channelId)
    }
    waiting = left
    return taken
  }

  const isLate = ({ since }: Held): boolean => performance.now() - since > limitMs

  const write = async (taken: readonly Held[]): Promise<void> => {
    try {
      const answers = await many(taken)
      taken.forEach((held, i) => {
        const answer = answers[i]
        if (answer?.status === "fulfilled") held.resolve(answer.value)
        else held.reject(answer?.reason ?? new Error("an append was not answered"))
      })
    } catch (error) {
      // Those may wait for whatever was in the way: beside the others, who do not wait for them.
      for (const held of taken)
        if (isOfOne(error) && !isLate(held)) void one(held).then(held.resolve, held.reject)
        else held.reject(error)
    }
  }

  const flush = (): void => {
    scheduled = false
    for (const held of waiting.filter(isLate)) held.reject(new Error(`no turn in ${limitMs} ms`))
    waiting = waiting.filter((held) => !isLate(held))
    while (waiting.length > 0 && underWay < atOnce) {
      underWay++
      void write(take()).finally(() => {
        underWay--
        schedule()
      })
    }
  }

  /** After everything that this turn has read. */
  const schedule = (): void => {
    if (scheduled || waiting.length === 0 || underWay >= atOnce) return
    scheduled = true
    setImmediate(flush)
  }

  return (channelId, drafts) =>
    new Promise((resolve, reject) => {
      waiting.push({ channelId, drafts, since: performance.now(), resolve, reject })
      schedule()
    })
}
