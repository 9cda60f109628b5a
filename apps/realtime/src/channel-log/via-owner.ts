import { AppError, type Snowflake } from "@hearth/core"
import { Contended } from "@hearth/db/message-store"
import type { Forward, NodeInfo, Owners } from "../ports.ts"

/** The store's own second, and what the way to the owner and back costs. */
const ANSWER_MS = 1_200
const AGAIN_MS = 500

interface Command {
  kind: string
  body: unknown
}

/** What the owner said is the answer, unless it only says that it cannot just now. */
const isAnswer = (error: unknown): boolean =>
  error instanceof AppError && (error.code !== "UNAVAILABLE" || error instanceof Contended)

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const sentence = "Messages are out of reach just now. Try again in a moment."
      reject(new AppError("UNAVAILABLE", sentence, { retryAfterMs: AGAIN_MS }))
    }, ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    // It goes on without anybody who waits: the log is told what came of it, and who tries again finds it there.
    work.catch(() => {})
  }
}

/**
 * Has a channel's owner do it, or does it here when the owner does not. An owner is suspected, and others write beside it,
 * only for what is its own fault. When the store is away from everybody, or many already write there, more writers are what
 * keeps it from coming back: they contend, are refused, and would suspect the owner anew for that. Whoever asks has one
 * answer in time, however many were asked for it.
 */
export const createViaOwner = ({
  owners,
  forward,
  answerMs = ANSWER_MS,
}: {
  owners: Owners
  forward: Forward
  answerMs?: number
}) => {
  const viaOwner = async <T>(owner: NodeInfo, command: Command, here: () => Promise<T>): Promise<T> => {
    try {
      return await forward<T>(owner, command)
    } catch (error) {
      if (isAnswer(error)) throw error
      const silent = !(error instanceof AppError)
      if (silent) owners.suspect(owner.id)
      const done = await here()
      // Here the store is well, so it is the owner that cannot.
      if (!silent) owners.suspect(owner.id)
      return done
    }
  }
  return <T>(channelId: Snowflake, command: Command, here: () => Promise<T>): Promise<T> => {
    const owner = owners.ownerOf(channelId)
    return owner ? within(answerMs, viaOwner(owner, command, here)) : here()
  }
}
