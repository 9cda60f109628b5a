import { AppError, type Snowflake } from "@hearth/core"
import { Contended } from "@hearth/db/message-store"
import type { Forward, Owners } from "../ports.ts"

interface Command {
  kind: string
  body: unknown
}

/** What the owner said is the answer, unless it only says that it cannot just now. */
const isAnswer = (error: unknown): boolean =>
  error instanceof AppError && (error.code !== "UNAVAILABLE" || error instanceof Contended)

/**
 * Has a channel's owner do it, or does it here when the owner does not. An owner is suspected, and others write beside it,
 * only for what is its own fault. When the store is away from everybody, or many already write there, more writers are what
 * keeps it from coming back: they contend, are refused, and would suspect the owner anew for that.
 */
export const createViaOwner =
  ({ owners, forward }: { owners: Owners; forward: Forward }) =>
  async <T>(channelId: Snowflake, command: Command, here: () => Promise<T>): Promise<T> => {
    const owner = owners.ownerOf(channelId)
    if (!owner) return here()
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
