import type { Snowflake } from "@hearth/core"
import { CallError } from "../trpc/http.ts"

/** Five megabytes from a phone far away take their time. */
const TIMEOUT_MS = 120_000

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null

const ask = async (conversationId: Snowflake, picture: Blob): Promise<unknown> => {
  try {
    const response = await fetch(`/api/conversations/${conversationId}/icon`, {
      method: "POST",
      // What it is says what is in it; the type says only that no form of another site sent it.
      headers: { "content-type": picture.type.startsWith("image/") ? picture.type : "image/png" },
      body: picture,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      credentials: "same-origin",
    })
    return await response.json()
  } catch (error) {
    throw new CallError(String(error), undefined)
  }
}

/** Gives a group a picture, which no procedure carries. Resolves with its key; fails as procedures do (`toAppError`). */
export const giveIcon = async (conversationId: Snowflake, picture: Blob): Promise<string> => {
  const answer = await ask(conversationId, picture)
  if (isRecord(answer) && typeof answer["icon"] === "string") return answer["icon"]
  if (isRecord(answer) && isRecord(answer["error"]))
    throw new CallError(String(answer["error"]["message"]), answer["error"]["data"])
  throw new CallError("The answer cannot be read.", undefined)
}
