import { expect, test, vi } from "vitest"
import type { Connection } from "../connection.ts"
import { defaultSizes } from "../timings.ts"
import { type MessageDeps, messageHandlers } from "./messages.ts"

test("a delete holds when its pin cannot be taken away, and the log says so", async () => {
  const message = { seq: 7, deleted: true }
  const warn = vi.fn()
  const { handlers } = messageHandlers({
    access: { can: () => true, guildOf: () => "1", isPublic: () => true },
    channelLog: { change: async () => ({ status: "changed", message }) },
    db: { transaction: () => Promise.reject(new Error("PostgreSQL is away")) },
    sizes: defaultSizes,
    log: { warn },
  } as unknown as MessageDeps)
  const done = handlers["message:delete"]({ channelId: "2", seq: 7 }, { userId: "3" } as Connection)
  await expect(done).resolves.toEqual({ message })
  await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce())
  expect(warn.mock.calls[0]?.[0]).toEqual({ err: "PostgreSQL is away", channelId: "2", seq: 7 })
})
