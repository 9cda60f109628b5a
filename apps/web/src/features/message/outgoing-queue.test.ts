import "fake-indexeddb/auto"
import { AppError, type Appended, type SendMessage } from "@hearth/core"
import { afterEach, describe, expect, it, vi } from "vitest"
import {
  createOutgoingQueue,
  newNonce,
  type OutgoingQueue,
  type OutgoingStore,
  type TabNews,
} from "./outgoing-queue.ts"
import { openOutgoingStore } from "./outgoing-store.ts"

const ALICE = "1"
const BOB = "2"
const GENERAL = "10"
const RANDOM = "11"

type Answer = Appended | AppError
const appended = (seq: number): Appended => ({ id: String(seq), seq, ver: seq, scope: -1, createdAt: seq })
const unavailable = () => new AppError("UNAVAILABLE", "No answer.")

/** A gateway that answers when it is told to, or by itself. */
const fakeGateway = () => {
  const calls: { message: SendMessage; answer: (a: Answer) => void }[] = []
  let reply: ((m: SendMessage) => Answer) | null = null
  const removed: number[] = []
  return {
    calls,
    removed,
    /** What `remove` answers with; by itself it succeeds. */
    refuses: null as AppError | null,
    async remove({ seq }: { channelId: string; seq: number }) {
      if (this.refuses) throw this.refuses
      removed.push(seq)
    },
    sent: () => calls.map((c) => c.message.content),
    answerWith: (f: (m: SendMessage) => Answer) => {
      reply = f
      for (const c of calls.splice(0)) c.answer(f(c.message))
    },
    send: (message: SendMessage) =>
      new Promise<Appended>((resolve, reject) => {
        const answer = (a: Answer) => (a instanceof AppError ? reject(a) : resolve(a))
        calls.push({ message, answer })
        if (reply) answer(reply(message))
      }),
  }
}

let databases = 0
/** A browser: one database, one lock, tabs that hear each other. */
const browser = (broken: Partial<OutgoingStore> = {}) => {
  const name = `outgoing-${databases++}`
  const tabs: OutgoingQueue[] = []
  let held: Promise<void> = Promise.resolve()
  const open = async (
    gateway: ReturnType<typeof fakeGateway>,
    { userId = ALICE, online = true, random = (): number => 0 } = {},
  ) => {
    const store = { ...openOutgoingStore(name), ...broken }
    const queue: OutgoingQueue = createOutgoingQueue({
      userId,
      store,
      send: gateway.send,
      remove: (message) => gateway.remove(message),
      toError: (e) => (e instanceof AppError ? e : unavailable()),
      lock: (work, signal) => {
        const mine = held.then(() => (signal.aborted ? undefined : work()))
        held = mine.catch(() => {})
        return mine
      },
      tell: (news: TabNews) => {
        for (const tab of tabs) if (tab !== queue) tab.hear(structuredClone(news))
      },
      random,
    })
    tabs.push(queue)
    queue.setOnline(online)
    await queue.start()
    opened.push(queue)
    return queue
  }
  return { open, stored: (userId = ALICE) => openOutgoingStore(name).list(userId) }
}

const opened: OutgoingQueue[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const queue of opened.splice(0)) queue.stop()
})

const phases = (queue: OutgoingQueue, channelId = GENERAL) => queue.snapshot(channelId).map((o) => [o.content, o.phase])
const soon = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 10_000, interval: 20 })
const say = (queue: OutgoingQueue, content: string, channelId = GENERAL) => queue.add({ channelId, content })

describe("the outgoing queue", () => {
  it("sends, and keeps the echo until the timeline has the message", async () => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const queue = await open(gateway)
    const nonce = await say(queue, "hello")
    expect(phases(queue)).toEqual([["hello", "sending"]])
    await soon(() => expect(gateway.calls).toHaveLength(1))
    expect(gateway.calls[0]?.message).toEqual({ channelId: GENERAL, content: "hello", nonce })
    gateway.answerWith(() => appended(7))
    await soon(() => expect(phases(queue)).toEqual([["hello", "sent"]]))
    expect(queue.snapshot(GENERAL)[0]?.seq).toBe(7)
    await soon(async () => expect(await stored()).toEqual([]))
    queue.seen([nonce])
    expect(queue.snapshot(GENERAL)).toEqual([])
  })

  it("keeps nothing of what the browser could not store: it is still where it was typed", async () => {
    const gateway = fakeGateway()
    const { open } = browser({
      put: () => Promise.reject(new DOMException("The quota has been exceeded.", "QuotaExceededError")),
    })
    const queue = await open(gateway, { online: false })
    await expect(say(queue, "too much for this disk")).rejects.toMatchObject({ code: "UNAVAILABLE" })
    expect(phases(queue)).toEqual([])
    queue.setOnline(true)
    await queue.retry("any")
    expect(gateway.calls).toEqual([])
  })

  it("has one un-acked send a channel, in the order of writing, and channels beside each other", async () => {
    const gateway = fakeGateway()
    const queue = await browser().open(gateway)
    for (const c of ["a", "b", "c"]) await say(queue, c)
    await say(queue, "elsewhere", RANDOM)
    await soon(() => expect(gateway.sent().sort()).toEqual(["a", "elsewhere"]))
    gateway.calls.find((c) => c.message.content === "a")?.answer(appended(1))
    await soon(() => expect(gateway.sent()).toContain("b"))
    expect(gateway.sent()).not.toContain("c")
  })

  it("tries again under the same nonce until it is acked", async () => {
    const gateway = fakeGateway()
    const queue = await browser().open(gateway)
    const seen: string[] = []
    let failures = 3
    gateway.answerWith((m) => {
      seen.push(m.nonce)
      return failures-- > 0 ? unavailable() : appended(1)
    })
    await say(queue, "hello")
    await soon(() => expect(phases(queue)).toEqual([["hello", "sent"]]))
    expect(seen).toHaveLength(4)
    expect(new Set(seen).size).toBe(1)
  })

  it("waits as long as the gateway asks for", async () => {
    const gateway = fakeGateway()
    const queue = await browser().open(gateway)
    let first = 0
    let second = 0
    gateway.answerWith(() => {
      if (first === 0) {
        first = performance.now()
        return new AppError("RATE_LIMITED", "Slower, please.", { retryAfterMs: 80 })
      }
      second = performance.now()
      return appended(1)
    })
    await say(queue, "hello")
    await soon(() => expect(second).toBeGreaterThan(0))
    expect(second - first).toBeGreaterThanOrEqual(79)
  })

  it("flushes what waited in several channels as fast as the gateway takes it, and is refused nothing", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"], now: 1_000_000 })
    const gateway = fakeGateway()
    let [tokens, at] = [10, performance.now()]
    const refused: string[] = []
    const arrived: string[] = []
    gateway.answerWith((m) => {
      tokens = Math.min(10, tokens + (performance.now() - at) / 200)
      at = performance.now()
      if (tokens < 1) {
        refused.push(m.content)
        return new AppError("RATE_LIMITED", "Slower, please.", { retryAfterMs: 200 })
      }
      tokens--
      return appended(arrived.push(m.content))
    })
    const queue = await browser().open(gateway, { online: false })
    const channels = [GENERAL, RANDOM, "12"]
    for (let i = 0; i < 30; i++) await say(queue, `row ${i}`, channels[i % 3])
    const shown = new Set<string>()
    queue.subscribe(() => {
      for (const id of channels) for (const [, phase] of phases(queue, id)) shown.add(phase ?? "")
    })
    const begun = performance.now()
    queue.setOnline(true)
    while (arrived.length < 30) await vi.advanceTimersByTimeAsync(10)
    expect(refused).toEqual([])
    expect([...shown].sort()).toEqual(["sending", "sent"])
    expect(performance.now() - begun).toBeLessThan(6000)
  })

  it("marks what is refused, says why, and lets those behind it pass", async () => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const queue = await open(gateway)
    gateway.answerWith((m) =>
      m.content === "bad" ? new AppError("FORBIDDEN", "You may not write here.") : appended(1),
    )
    await say(queue, "bad")
    await say(queue, "good")
    await soon(() =>
      expect(phases(queue)).toEqual([
        ["bad", "refused"],
        ["good", "sent"],
      ]),
    )
    expect(queue.snapshot(GENERAL)[0]).toMatchObject({ reason: "You may not write here.", code: "FORBIDDEN" })
    expect(await stored()).toMatchObject([{ content: "bad", state: "refused" }])
  })

  it("does not let a message that breaks the gateway hold up the others for ever", async () => {
    const gateway = fakeGateway()
    const queue = await browser().open(gateway)
    gateway.answerWith((m) => (m.content === "poison" ? new AppError("INTERNAL", "It broke.") : appended(1)))
    await say(queue, "poison")
    await say(queue, "fine")
    await soon(() =>
      expect(phases(queue)).toEqual([
        ["poison", "refused"],
        ["fine", "sent"],
      ]),
    )
  })

  it("sends a refused message again when asked", async () => {
    const gateway = fakeGateway()
    const queue = await browser().open(gateway)
    gateway.answerWith(() => new AppError("FORBIDDEN", "No."))
    const nonce = await say(queue, "hello")
    await soon(() => expect(phases(queue)).toEqual([["hello", "refused"]]))
    gateway.answerWith(() => appended(1))
    await queue.retry(nonce)
    await soon(() => expect(phases(queue)).toEqual([["hello", "sent"]]))
  })

  it("gives a refused message back, and never one that may be in the log", async () => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const queue = await open(gateway)
    const unknown = await say(queue, "on its way")
    await soon(() => expect(gateway.calls).toHaveLength(1))
    expect(await queue.take(unknown)).toBeNull()
    gateway.answerWith(() => new AppError("FORBIDDEN", "No."))
    await soon(() => expect(phases(queue)).toEqual([["on its way", "refused"]]))
    expect(await queue.take(unknown)).toMatchObject({ content: "on its way" })
    expect(queue.snapshot(GENERAL)).toEqual([])
    expect(await stored()).toEqual([])
  })

  it("waits without a connection, and goes on by itself", async () => {
    const gateway = fakeGateway()
    const queue = await browser().open(gateway, { online: false })
    gateway.answerWith(() => appended(1))
    await say(queue, "hello")
    expect(phases(queue)).toEqual([["hello", "waiting"]])
    expect(gateway.calls).toEqual([])
    queue.setOnline(true)
    await soon(() => expect(phases(queue)).toEqual([["hello", "sent"]]))
  })

  it("survives a reload, with its nonce", async () => {
    const gateway = fakeGateway()
    const { open } = browser()
    const before = await open(gateway, { online: false })
    const nonce = await say(before, "written before the reload")
    before.stop()
    const after = await open(gateway)
    await soon(() => expect(gateway.calls[0]?.message.nonce).toBe(nonce))
    gateway.answerWith(() => appended(1))
    await soon(() => expect(phases(after)).toEqual([["written before the reload", "sent"]]))
  })

  it("is one account's: another one in the same browser neither sees nor sends it", async () => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const alice = await open(gateway, { online: false })
    await say(alice, "from alice")
    alice.stop()
    const bob = await open(gateway, { userId: BOB })
    await say(bob, "from bob")
    gateway.answerWith(() => appended(1))
    await soon(() => expect(phases(bob)).toEqual([["from bob", "sent"]]))
    expect(gateway.sent()).not.toContain("from alice")
    expect(await stored(ALICE)).toHaveLength(1)
  })

  it("one tab sends what another wrote, and both know; when it closes, the other takes over", async () => {
    const one = fakeGateway()
    const two = fakeGateway()
    const { open } = browser()
    const first = await open(one)
    const second = await open(two)
    await say(second, "written in the second tab")
    await soon(() => expect(one.sent()).toEqual(["written in the second tab"]))
    expect(two.calls).toEqual([])
    one.answerWith(() => appended(4))
    await soon(() => expect(phases(second)).toEqual([["written in the second tab", "sent"]]))
    first.stop()
    await say(second, "afterwards")
    await soon(() => expect(two.sent()).toEqual(["afterwards"]))
  })

  it.each(["", "   ", "x".repeat(4001), "a\u0000b"])("does not take what is no message: %j", async (content) => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const queue = await open(gateway)
    await expect(say(queue, content)).rejects.toThrow(AppError)
    expect(await stored()).toEqual([])
  })

  it("makes nonces that the protocol takes", () => {
    const nonces = new Set(Array.from({ length: 100 }, newNonce))
    expect(nonces.size).toBe(100)
    for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9_-]{16,36}$/)
  })

  const turned = (nonce: string, seq: number, more = {}) => [
    { channelId: GENERAL, seq, nonce, authorId: ALICE, deleted: false, ...more },
  ]

  it("cancels what was never tried, and nothing is left of it", async () => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const queue = await open(gateway, { online: false })
    const nonce = await say(queue, "no, wait")
    expect(await queue.cancel(nonce)).toMatchObject({ content: "no, wait" })
    expect(phases(queue)).toEqual([])
    expect(await stored()).toEqual([])
    queue.setOnline(true)
    await say(queue, "this one")
    await soon(() => expect(gateway.sent()).toEqual(["this one"]))
  })

  it("deletes a cancelled one that was stored after all: by its late ack, and those behind it go on", async () => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const queue = await open(gateway)
    const nonce = await say(queue, "on its way")
    await soon(() => expect(gateway.calls).toHaveLength(1))
    await queue.cancel(nonce)
    expect(phases(queue)).toEqual([])
    await say(queue, "behind it")
    gateway.answerWith(() => appended(gateway.removed.length + 7))
    await soon(() => expect(gateway.removed).toEqual([7]))
    await soon(() => expect(phases(queue)).toEqual([["behind it", "sent"]]))
    await soon(async () => expect(await stored()).toEqual([]))
  })

  it("a cancelled one is never sent again, and is deleted whenever it turns up, also on a later page", async () => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const first = await open(gateway)
    gateway.answerWith(() => unavailable())
    const nonce = await say(first, "lost or not")
    await soon(() => expect(phases(first)).toEqual([["lost or not", "waiting"]]))
    await first.cancel(nonce)
    const tries = gateway.calls.length
    first.stop()

    const later = await open(gateway)
    expect(phases(later)).toEqual([])
    expect((await stored()).map((r) => r.state)).toEqual(["cancelled"])
    gateway.refuses = unavailable()
    later.turnedUp(turned(nonce, 9))
    gateway.refuses = null
    later.turnedUp(turned(nonce, 8, { authorId: BOB }))
    later.turnedUp(turned("another", 7))
    await soon(async () => expect((await stored()).map((r) => r.state)).toEqual(["cancelled"]))
    later.turnedUp(turned(nonce, 9))
    await soon(async () => expect(await stored()).toEqual([]))
    expect(gateway.removed).toEqual([9])
    expect(gateway.calls).toHaveLength(tries)
  })

  it("knows in each channel when one's last message was sent, or until when none is taken", async () => {
    const gateway = fakeGateway()
    const queue = await browser().open(gateway)
    expect(queue.turnOf(GENERAL)).toEqual({})
    gateway.answerWith(() => ({ ...appended(7), createdAt: 1_234_567 }))
    await say(queue, "the first")
    await soon(() => expect(queue.turnOf(GENERAL)).toEqual({ sentAt: 1_234_567 }))
    gateway.answerWith(() => new AppError("RATE_LIMITED", "Slow.", { retryAfterMs: 60_000 }))
    const before = Date.now()
    await say(queue, "too soon")
    await soon(() => expect(queue.turnOf(GENERAL).until).toBeGreaterThanOrEqual(before + 60_000))
    expect(queue.turnOf(GENERAL).until).toBeLessThanOrEqual(Date.now() + 60_000)
    expect(queue.turnOf("4711")).toEqual({})
  })

  it("deletes a cancelled one whose message came while it was on its way, and whose ack is lost", async () => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const queue = await open(gateway)
    const nonce = await say(queue, "on its way")
    await soon(() => expect(gateway.calls).toHaveLength(1))
    await queue.cancel(nonce)
    queue.turnedUp(turned(nonce, 5))
    expect(gateway.removed).toEqual([])
    gateway.answerWith(() => unavailable())
    await soon(() => expect(gateway.removed).toEqual([5]))
    await soon(async () => expect(await stored()).toEqual([]))
  })

  it("deletes what is cancelled after its message came without an ack, when that fails with the next connection", async () => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const queue = await open(gateway, { random: () => 1 })
    gateway.answerWith(() => unavailable())
    const nonce = await say(queue, "it came")
    await soon(() => expect(phases(queue)).toEqual([["it came", "waiting"]]))
    queue.turnedUp(turned(nonce, 6))
    gateway.refuses = unavailable()
    await queue.cancel(nonce)
    queue.setOnline(false)
    await soon(async () => expect((await stored()).map((r) => r.state)).toEqual(["cancelled"]))
    expect(gateway.removed).toEqual([])
    gateway.refuses = null
    queue.setOnline(true)
    await soon(() => expect(gateway.removed).toEqual([6]))
    await soon(async () => expect(await stored()).toEqual([]))
  })

  it("forgets a cancelled one that was refused, or that is deleted already", async () => {
    const gateway = fakeGateway()
    const { open, stored } = browser()
    const queue = await open(gateway)
    const refused = await say(queue, "refused")
    await soon(() => expect(gateway.calls).toHaveLength(1))
    await queue.cancel(refused)
    gateway.answerWith(() => new AppError("FORBIDDEN", "No."))
    await soon(async () => expect(await stored()).toEqual([]))

    gateway.answerWith(() => unavailable())
    const deleted = await say(queue, "deleted elsewhere")
    await soon(() => expect(phases(queue)).toEqual([["deleted elsewhere", "waiting"]]))
    await queue.cancel(deleted)
    queue.turnedUp(turned(deleted, 3, { deleted: true }))
    await soon(async () => expect(await stored()).toEqual([]))
    expect(gateway.removed).toEqual([])
  })
})
