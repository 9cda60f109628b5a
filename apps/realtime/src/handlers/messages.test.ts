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

test("what one author sends unseen to a channel at once is read in its order", async () => {
  const marked = Promise.withResolvers<{ rowCount: number }>()
  const execute = vi.fn(async () => ({ rowCount: 1 })).mockReturnValueOnce(marked.promise)
  const did: string[] = []
  const { sendUnseen } = messageHandlers({
    access: { can: () => true, slowmode: () => 0, threadAt: () => undefined },
    limits: { take: async () => ({ ok: true }) },
    channelLog: {
      append: async (_: string, { nonce }: { nonce: string }) => {
        did.push(`sent ${nonce}`)
        return { status: "stored", message: { id: nonce, seq: Number(nonce), createdAt: 0 }, scope: -1, ver: 1 }
      },
    },
    db: { execute },
    heads: { sent: () => {} },
    metrics: { sendAck: { observe: () => {} } },
    sizes: defaultSizes,
    publish: (_: string, __: string, { lastReadSeq }: { lastReadSeq: number }) => did.push(`read ${lastReadSeq}`),
    onSent: () => {},
    onAccepted: () => {},
  } as unknown as MessageDeps)
  const send = (nonce: string, channelId = "2") =>
    sendUnseen({ channelId, nonce, content: "hello" }, { userId: "3" } as Connection)
  const both = Promise.all([send("1"), send("2")])
  await vi.waitFor(() => expect(execute).toHaveBeenCalledOnce())
  // Another channel waits for nobody.
  await send("7", "4")
  marked.resolve({ rowCount: 1 })
  await both
  expect(did.filter((what) => !what.endsWith("7"))).toEqual(["sent 1", "read 1", "sent 2", "read 2"])
})
