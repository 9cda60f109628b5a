import { AppError } from "@hearth/core"
import { Contended, type Draft, type MessageStore } from "@hearth/db/message-store"
import { expect, test } from "vitest"
import type { Metrics } from "../metrics.ts"
import { defaultSizes } from "../timings.ts"
import { createChannelLog } from "./channel-log.ts"

const draft = (nonce: string): Draft => ({ authorId: "1", nonce, content: "hello", replyTo: null })

const hanging = (sizes: { inFlight: number; inFlightOfChannel: number }) =>
  createChannelLog({
    store: { append: () => new Promise(() => {}) } as unknown as MessageStore,
    sizes: { ...defaultSizes, ...sizes },
    metrics: {} as Metrics,
    owners: { ownerOf: () => null, suspect: () => {} } as never,
    forward: () => Promise.reject(new Error("nobody")),
    onPacket: () => {},
    onUnknown: () => {},
  })
const refused = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error)

test("of a channel whose queue is full the asker learns that it is crowded: no other node could write more of it", async () => {
  const log = hanging({ inFlight: 10, inFlightOfChannel: 2 })
  for (const nonce of ["a", "b"]) void log.append("7", draft(nonce))
  const error = await refused(log.append("7", draft("c")))
  expect(error).toBeInstanceOf(Contended)
  expect(error).toMatchObject({ code: "UNAVAILABLE", retryAfterMs: 1000 })
})

test("a node that is full as a whole may be passed over", async () => {
  const log = hanging({ inFlight: 2, inFlightOfChannel: 2 })
  for (const id of ["7", "8"]) void log.append(id, draft("a"))
  const error = await refused(log.append("9", draft("a")))
  expect(error).toBeInstanceOf(AppError)
  expect(error).not.toBeInstanceOf(Contended)
})
