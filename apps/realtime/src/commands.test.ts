import { AppError } from "@hearth/core"
import { expect, test, vi } from "vitest"
import { type CommandDeps, createDispatch } from "./commands.ts"
import type { Connection, GatewaySocket } from "./connection.ts"

/** A command that names a channel which the node has to ask for, while something else happens. */
const dispatched = async (meanwhile: (connection: Connection, close: () => void) => void) => {
  let isOpen = true
  const connection = { userId: "1", ended: false } as Connection
  const typing = vi.fn()
  const counter = { inc: () => {} }
  const dispatch = createDispatch({
    handlers: { "typing:start": typing },
    sizes: { eventsPerSecond: 10, eventBurst: 10 },
    clock: () => 0,
    gate: () => {
      if (!isOpen) throw new AppError("UNAVAILABLE", "The node is out of date.")
    },
    learn: async () => meanwhile(connection, () => (isOpen = false)),
    tooSlow: () => false,
    metrics: { refused: counter, rateLimited: counter, dispatchErrors: counter },
  } as unknown as CommandDeps)
  const answer = await new Promise((resolve) =>
    dispatch.call({ data: { connection } } as GatewaySocket, "typing:start", { channelId: "7" }, resolve),
  )
  return { answer, handled: typing.mock.calls.length }
}

test("nothing is done for a connection that ended, or on a node that is out of date, once a channel was asked for", async () => {
  const refused = { ok: false, error: { code: "UNAVAILABLE" } }
  expect(await dispatched(() => {})).toMatchObject({ answer: { ok: true }, handled: 1 })
  expect(await dispatched((_, close) => close())).toMatchObject({ answer: refused, handled: 0 })
  const ends = (connection: Connection) => (connection.ended = true)
  expect(await dispatched(ends)).toMatchObject({ answer: refused, handled: 0 })
})
