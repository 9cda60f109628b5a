import { AppError, type Bootstrap, type HandshakeAuth } from "@hearth/core"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { createGatewayClient, type GatewaySocket } from "./gateway-client.ts"
import { createPresenceWatch } from "./presence-watch.ts"
import { createReadMarks } from "./read-marks.ts"

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const tick = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

const channel = (id: string) => ({ id, guildId: "5", name: `c${id}`, topic: "", position: Number(id), overwrites: [] })
const snapshot = (pos: string, channelIds: string[] = ["10"]): Bootstrap => ({
  pos,
  instance: { name: "Hearth", version: "1" },
  me: { id: "1", displayName: "Ada", email: "ada@example.org", isInstanceAdmin: false },
  guilds: [
    {
      guild: { id: "5", name: "Shed", ownerId: "1" },
      roles: [],
      channels: channelIds.map(channel),
      myRoleIds: [],
    },
  ],
  readStates: [],
  heads: Object.fromEntries(channelIds.map((id) => [id, 0])),
})

interface FakeSocket extends GatewaySocket {
  auth: HandshakeAuth
  closed: boolean
  emitted: { event: string; body: unknown }[]
  tell(event: string, ...args: unknown[]): void
  fire(event: "connect" | "connect_error" | "disconnect", reason?: unknown): void
  ready(over?: Record<string, unknown>): void
}

const setUp = () => {
  const sockets: FakeSocket[] = []
  const snapshots = [snapshot("100")]
  const failures: AppError[] = []
  const answers = new Map<string, unknown>()
  let signedOut = 0
  let tickets = 0
  const account = { userId: "1" }
  const fails = () => {
    const failure = failures.shift()
    if (failure) throw failure
  }
  const client = createGatewayClient({
    ticket: async () => {
      // With the first snapshot it is asked for at once: then the failure is the snapshot's.
      if (client.snapshot()) fails()
      return { ticket: `ticket-${++tickets}`, ...account }
    },
    bootstrap: async () => {
      fails()
      return snapshots[0] as Bootstrap
    },
    openSocket: (auth) => {
      const any: ((event: string, ...args: unknown[]) => void)[] = []
      const own = new Map<string, (reason?: unknown) => void>()
      const socket: FakeSocket = {
        auth,
        closed: false,
        emitted: [],
        onAny: (f) => void any.push(f),
        on: (event, f) => void own.set(event, f),
        emitWithAck: async (event, body) => {
          socket.emitted.push({ event, body })
          if (!answers.has(event)) throw new Error("operation has timed out")
          return answers.get(event)
        },
        close: () => {
          socket.closed = true
        },
        tell: (event, ...args) => {
          for (const f of any) f(event, ...args)
        },
        fire: (event, reason) => own.get(event)?.(reason),
        ready: (over = {}) =>
          socket.tell("gateway:ready", {
            pos: "100",
            connectionId: "x",
            reset: false,
            channelIds: ["10"],
            heads: {},
            readStates: [],
            ...over,
          }),
      }
      sockets.push(socket)
      return socket
    },
    onSignedOut: () => signedOut++,
    random: () => 0.5,
  })
  const last = () => sockets.at(-1) as FakeSocket
  return {
    client,
    sockets,
    snapshots,
    failures,
    answers,
    account,
    last,
    signedOut: () => signedOut,
    start: async () => {
      client.start()
      await tick()
      last().ready()
    },
  }
}

it("calls conversations as their people are called, those of a snapshot and those that come, and as they come to be called", async () => {
  const { client, snapshots, sockets } = setUp()
  const [first] = snapshots
  if (!first) throw new Error("no snapshot")
  const people = ["Bob", "Cleo", "Dora", "Emil"].map((displayName, i) => ({ id: `${40 + i}`, displayName }))
  const talk = (id: string, count = 2): Bootstrap["guilds"][number] => ({
    guild: { id, name: "", ownerId: "1" },
    roles: [],
    channels: [{ ...channel("1"), id, guildId: id, name: "" }],
    myRoleIds: [],
    conversation: {
      kind: count > 2 ? "group" : "direct",
      ownerId: null,
      people: people.slice(0, count - 1),
      count,
      muted: false,
      pending: false,
    },
  })
  snapshots[0] = { ...first, guilds: [...first.guilds, talk("77")] }
  client.start()
  await tick()
  sockets[0]?.ready({ conversationIds: ["77"] })
  sockets[0]?.tell("conversation:added", { snapshot: talk("78", 5), head: 1, lastReadSeq: 0, mentions: [1] }, "101")
  const names = () => client.snapshot()?.guilds.map((g) => [g.guild.id, g.channels[0]?.name])
  expect(names()).toEqual([
    ["5", "c10"],
    ["77", "Bob"],
    ["78", "Bob, Cleo, Dora +1"],
  ])
  const kept = client.snapshot()?.guilds[0]
  sockets[0]?.tell("user:updated", { id: "40", displayName: "Robert" }, "102")
  sockets[0]?.tell("guild:updated", { id: "78", name: "Kayaks", ownerId: "1" }, "103")
  expect(names()?.slice(1)).toEqual([
    ["77", "Robert"],
    ["78", "Kayaks"],
  ])
  sockets[0]?.tell("guild:updated", { id: "78", name: "", ownerId: "1" }, "104")
  expect(names()?.[2]).toEqual(["78", "Robert, Cleo, Dora +1"])
  expect(client.snapshot()?.guilds[0]).toBe(kept)
  expect(client.snapshot()?.pos).toBe("104")
})

describe("the gateway client", () => {
  it("fetches a snapshot, then a ticket, and goes on from the snapshot's position", async () => {
    const { client, sockets, start } = setUp()
    await start()
    expect(sockets.map((s) => s.auth)).toEqual([{ ticket: "ticket-1", protocol: 1, pos: "100" }])
    expect(client.connection().status).toBe("online")
    expect(client.snapshot()?.guilds).toHaveLength(1)
  })

  it("reconnects with a new ticket from the newest position that it saw", async () => {
    const { client, sockets, start, last } = setUp()
    await start()
    last().tell("channel:added", channel("11"), "105")
    last().fire("disconnect")
    expect(client.connection()).toMatchObject({ status: "offline", since: 1_000_000, retryAt: 1_000_250 })
    await tick(250)
    expect(sockets).toHaveLength(2)
    expect(last().auth).toEqual({ ticket: "ticket-2", protocol: 1, pos: "105" })
    expect(sockets[0]?.closed).toBe(true)
    last().ready({ channelIds: ["10", "11"], pos: "105" })
    expect(client.connection().status).toBe("online")
  })

  it("applies each event once, in order, and tells it", async () => {
    const { client, start, last } = setUp()
    const heard = vi.fn()
    client.on("channel:added", heard)
    await start()
    last().tell("channel:added", channel("11"), "101")
    last().tell("channel:added", channel("11"), "101")
    last().tell("channel:added", channel("12"), "99")
    expect(heard).toHaveBeenCalledTimes(1)
    expect(client.snapshot()?.guilds[0]?.channels.map((c) => c.id)).toEqual(["10", "11"])
    expect(client.snapshot()?.pos).toBe("101")
  })

  it("asks for its ticket while the first snapshot is on its way", async () => {
    const asked: string[] = []
    const client = createGatewayClient({
      bootstrap: () => {
        asked.push("snapshot")
        return new Promise(() => {})
      },
      ticket: () => {
        asked.push("ticket")
        return new Promise(() => {})
      },
      openSocket: () => {
        throw new Error("there is no ticket")
      },
      onSignedOut: () => {},
    })
    client.start()
    await tick()
    expect(asked.sort()).toEqual(["snapshot", "ticket"])
    client.stop()
  })

  it("waits longer after each failure, at least as long as it was told", async () => {
    const { client, failures } = setUp()
    failures.push(
      new AppError("UNAVAILABLE", "x"),
      new AppError("UNAVAILABLE", "x"),
      new AppError("UNAVAILABLE", "x", { retryAfterMs: 9000 }),
    )
    client.start()
    await tick()
    const waits = []
    for (let i = 0; i < 3; i++) {
      const wait = (client.connection().retryAt ?? 0) - Date.now()
      waits.push(wait)
      await tick(wait)
    }
    expect(waits).toEqual([250, 500, 9000])
    expect(client.snapshot()).not.toBeNull()
  })

  it("leaves when the session is over, however it hears of it", async () => {
    const one = setUp()
    one.failures.push(new AppError("UNAUTHENTICATED", "Please sign in."))
    one.client.start()
    await tick()
    expect(one.signedOut()).toBe(1)
    const two = setUp()
    await two.start()
    two.last().tell("session:ended", {})
    expect(two.signedOut()).toBe(1)
    expect(two.last().closed).toBe(true)
    await tick(120_000)
    expect(two.sockets).toHaveLength(1)
  })

  it("knows that the network has gone as soon as the browser does, and that it is back", async () => {
    const page = Object.assign(new EventTarget(), { visibilityState: "visible" })
    vi.stubGlobal("window", page)
    vi.stubGlobal("document", page)
    const { client, sockets, failures, start, last } = setUp()
    await start()
    failures.push(new AppError("UNAVAILABLE", "There is no connection right now."))
    page.dispatchEvent(new Event("offline"))
    expect(client.connection().status).toBe("offline")
    expect(last().closed).toBe(true)
    await tick(250)
    expect(sockets).toHaveLength(1)
    page.dispatchEvent(new Event("online"))
    await tick()
    last().ready()
    expect(client.connection().status).toBe("online")
    client.stop()
    page.dispatchEvent(new Event("offline"))
    page.dispatchEvent(new Event("online"))
    await tick()
    expect(sockets).toHaveLength(2)
  })

  it("honours the delay of gateway:resync", async () => {
    const { client, start, last, sockets } = setUp()
    await start()
    last().tell("gateway:resync", { reason: "draining", delayMs: 4000 })
    expect(client.connection().retryAt).toBe(Date.now() + 2000)
    expect(sockets[0]?.closed).toBe(true)
    await tick(2000)
    expect(sockets).toHaveLength(2)
  })

  it("fetches a new snapshot after a reset, and loses no event that came meanwhile", async () => {
    const { client, start, last, snapshots } = setUp()
    await start()
    last().fire("disconnect")
    await tick(1000)
    snapshots[0] = snapshot("500", ["10", "20"])
    last().ready({ reset: true, pos: "500" })
    last().tell("channel:added", channel("21"), "501")
    last().tell("channel:added", channel("20"), "499")
    await tick()
    expect(client.snapshot()?.pos).toBe("501")
    expect(client.snapshot()?.guilds[0]?.channels.map((c) => c.id)).toEqual(["10", "20", "21"])
  })

  it("drops channels that are gone, and fetches those that it does not know", async () => {
    const { client, start, last, snapshots } = setUp()
    snapshots[0] = snapshot("100", ["10", "11"])
    await start()
    expect(client.snapshot()?.guilds[0]?.channels.map((c) => c.id)).toEqual(["10"])
    snapshots[0] = snapshot("100", ["10", "30"])
    last().ready({ channelIds: ["10", "30"] })
    await tick()
    expect(client.snapshot()?.guilds[0]?.channels.map((c) => c.id)).toEqual(["10", "30"])
  })

  it("opens no socket as somebody else, who signed in meanwhile in the same browser", async () => {
    const { sockets, start, last, account, signedOut } = setUp()
    await start()
    account.userId = "2"
    last().fire("disconnect")
    await tick(1000)
    expect(sockets).toHaveLength(1)
    expect(signedOut()).toBe(1)
  })

  it("shows nothing of somebody else's, who signed in meanwhile in the same browser", async () => {
    const { client, start, last, snapshots, signedOut } = setUp()
    await start()
    snapshots[0] = { ...snapshot("500", ["77"]), me: { ...snapshot("500").me, id: "2" } }
    last().ready({ channelIds: ["10", "77"] })
    await tick()
    expect(signedOut()).toBe(1)
    expect(client.snapshot()?.me.id).toBe("1")
  })

  it("notices that a server was deleted while it was away", async () => {
    const { client, start, last, snapshots } = setUp()
    await start()
    snapshots[0] = { ...snapshot("120", []), guilds: [] }
    last().fire("disconnect")
    await tick(1000)
    last().ready({ channelIds: [], pos: "120" })
    await tick()
    expect(client.snapshot()?.guilds).toEqual([])
  })

  it("gives up a connection that never gets ready, and hears nothing of it any more", async () => {
    const { client, sockets } = setUp()
    client.start()
    await tick()
    await tick(15_000)
    expect(sockets[0]?.closed).toBe(true)
    sockets[0]?.ready()
    expect(client.connection().status).toBe("offline")
  })

  it("answers commands with their reply, or throws what the gateway says", async () => {
    const { client, start, answers } = setUp()
    await expect(client.request("typing:start", { channelId: "10" })).rejects.toMatchObject({ code: "UNAVAILABLE" })
    await start()
    answers.set("typing:start", { ok: true, data: {} })
    await expect(client.request("typing:start", { channelId: "10" })).resolves.toEqual({})
    answers.set("typing:start", { ok: false, error: { code: "RATE_LIMITED", message: "Slower.", retryAfterMs: 7 } })
    await expect(client.request("typing:start", { channelId: "10" })).rejects.toMatchObject({
      code: "RATE_LIMITED",
      retryAfterMs: 7,
    })
    answers.delete("typing:start")
    await expect(client.request("typing:start", { channelId: "10" })).rejects.toMatchObject({ code: "UNAVAILABLE" })
  })

  it("acknowledges what the gateway waits for", async () => {
    const { start, last } = setUp()
    await start()
    const ack = vi.fn()
    last().tell(
      "channel:resumed",
      { channelId: "10", reset: true, messages: [], changed: [], marks: {}, head: 0, more: false },
      ack,
    )
    expect(ack).toHaveBeenCalledOnce()
  })
})

describe("read marks", () => {
  it("send the newest once in half a second, and never a lower one", async () => {
    const { client, start, last, answers } = setUp()
    const marks = createReadMarks(client)
    await start()
    last().tell("channel:activity", { heads: { "10": 9 } })
    answers.set("read:mark", { ok: true, data: { channelId: "10", lastReadSeq: 9 } })
    for (const seq of [3, 9, 5]) marks.mark("10", seq)
    expect(client.snapshot()?.readStates).toEqual([{ channelId: "10", lastReadSeq: 9 }])
    await tick(500)
    expect(last().emitted).toEqual([{ event: "read:mark", body: { channelId: "10", seq: 9 } }])
  })

  it("are told at once when the reader says so, whatever waits", async () => {
    const { client, start, last, answers } = setUp()
    const marks = createReadMarks(client)
    await start()
    answers.set("read:mark", { ok: true, data: { channelId: "10", lastReadSeq: 9 } })
    marks.mark("10", 4)
    marks.mark("10", 9, 0)
    await tick()
    expect(last().emitted).toEqual([{ event: "read:mark", body: { channelId: "10", seq: 9 } }])
    answers.set("read:mark", { ok: true, data: { channelId: "10", lastReadSeq: 12 } })
    marks.mark("10", 12)
    marks.mark("10", 12, 0)
    await tick()
    expect(last().emitted).toHaveLength(2)
    marks.mark("10", 12, 0)
    await tick(1000)
    expect(last().emitted).toHaveLength(2)
  })

  it("repeat on the next connection what did not arrive", async () => {
    const { client, start, last, answers } = setUp()
    const marks = createReadMarks(client)
    await start()
    marks.mark("10", 4)
    await tick(500)
    last().fire("disconnect")
    await tick(1000)
    answers.set("read:mark", { ok: true, data: { channelId: "10", lastReadSeq: 4 } })
    last().ready({ readStates: [{ channelId: "10", lastReadSeq: 0 }] })
    await tick(500)
    expect(last().emitted).toEqual([{ event: "read:mark", body: { channelId: "10", seq: 4 } }])
    expect(client.snapshot()?.readStates).toEqual([{ channelId: "10", lastReadSeq: 4 }])
  })
})

describe("read marks that fail while the connection lives", () => {
  const sent = (emitted: { event: string }[]) => emitted.filter(({ event }) => event === "read:mark").length

  it("are sent again when the gateway said that one may come back", async () => {
    const { client, start, last, answers } = setUp()
    const marks = createReadMarks(client)
    await start()
    const retryAfterMs = 4000
    answers.set("read:mark", { ok: false, error: { code: "UNAVAILABLE", message: "Later.", retryAfterMs } })
    marks.mark("10", 4)
    await tick(500)
    expect(sent(last().emitted)).toBe(1)
    answers.set("read:mark", { ok: true, data: { channelId: "10", lastReadSeq: 4 } })
    await tick(3999)
    expect(sent(last().emitted)).toBe(1)
    await tick(1001)
    expect(sent(last().emitted)).toBe(2)
    await tick(60_000)
    expect(sent(last().emitted)).toBe(2)
  })

  it("are not tried while there is no connection, nor once they are stopped", async () => {
    const { client, start, last, answers } = setUp()
    const marks = createReadMarks(client)
    await start()
    const tries = vi.spyOn(client, "request")
    last().fire("disconnect")
    marks.mark("10", 4)
    await tick(20_000)
    expect(tries).not.toHaveBeenCalled()
    last().ready()
    await tick(500)
    expect(tries).toHaveBeenCalledOnce()
    client.stop()
    marks.stop()
    await tick(120_000)
    marks.mark("10", 5)
    await tick(120_000)
    expect(tries).toHaveBeenCalledOnce()
    answers.set("read:mark", { ok: true, data: { channelId: "10", lastReadSeq: 5 } })
    await start()
    await tick(500)
    expect(tries).toHaveBeenLastCalledWith("read:mark", { channelId: "10", seq: 5 })
    expect(client.snapshot()?.readStates).toEqual([{ channelId: "10", lastReadSeq: 5 }])
  })

  it("are not sent again when nothing else can come of it", async () => {
    const { client, start, last, answers } = setUp()
    const marks = createReadMarks(client)
    await start()
    answers.set("read:mark", { ok: false, error: { code: "UNKNOWN_CHANNEL", message: "There is no such channel." } })
    marks.mark("10", 4)
    await tick(120_000)
    expect(sent(last().emitted)).toBe(1)
  })
})

describe("marks that are set back", () => {
  it("stay where they are while the reader still looks, and rise again when they come back", async () => {
    const { client, start, last, answers } = setUp()
    const marks = createReadMarks(client)
    await start()
    const lastRead = () => client.snapshot()?.readStates[0]?.lastReadSeq
    last().tell("channel:activity", { heads: { "10": 9 } })
    answers.set("read:mark", { ok: true, data: { channelId: "10", lastReadSeq: 9 } })
    marks.mark("10", 9)
    await tick(499)
    answers.set("read:mark", { ok: true, data: { channelId: "10", lastReadSeq: 4 } })
    await marks.markUnread("10", 5)
    expect(last().emitted).toEqual([{ event: "read:mark", body: { channelId: "10", seq: 4, unread: true } }])
    marks.mark("10", 9)
    await tick(1000)
    expect(lastRead()).toBe(4)
    expect(last().emitted).toHaveLength(1)
    marks.release("10")
    marks.mark("10", 9)
    expect(lastRead()).toBe(9)
  })

  it("stand where they stood when that did not arrive, and what was read before is told all the same", async () => {
    const { client, start, last, answers } = setUp()
    const marks = createReadMarks(client)
    await start()
    const lastRead = () => client.snapshot()?.readStates[0]?.lastReadSeq
    last().tell("channel:activity", { heads: { "10": 9 } })
    marks.mark("10", 7)
    await expect(marks.markUnread("10", 5)).rejects.toThrow(AppError)
    expect(lastRead()).toBe(7)
    answers.set("read:mark", { ok: true, data: { channelId: "10", lastReadSeq: 7 } })
    await tick(500)
    expect(last().emitted.at(-1)).toEqual({ event: "read:mark", body: { channelId: "10", seq: 7 } })
    marks.mark("10", 9)
    expect(lastRead()).toBe(9)
  })
})

describe("what addresses the reader", () => {
  const mention = (seq: number) => ({ channelId: "10", seq, kind: "user", authorId: "2", targetId: "1" })

  it("is what was read for this connection, and what was heard while it was read", async () => {
    const { client, start, last } = setUp()
    await start()
    last().tell("mention:added", mention(3))
    last().tell("mention:added", mention(7))
    last().tell("mention:removed", { channelId: "10", seq: 7, targetId: "1" })
    // Read before the 3 was written, and before the 7 was taken away.
    last().tell("mention:unread", { mentions: { "10": [2, 7] }, all: true })
    expect(client.snapshot()?.mentions).toEqual({ "10": [2, 3] })
    last().fire("disconnect")
    await tick(1000)
    last().ready()
    // Deleted while there was no connection.
    last().tell("mention:unread", { mentions: { "10": [3] }, all: true })
    expect(client.snapshot()?.mentions).toEqual({ "10": [3] })
  })

  it("stays what was heard, when a new snapshot is fetched meanwhile", async () => {
    const { client, start, last, snapshots } = setUp()
    await start()
    last().fire("disconnect")
    await tick(1000)
    snapshots[0] = snapshot("500")
    last().ready({ reset: true, pos: "500" })
    last().tell("mention:added", mention(3))
    // Read before the 3 was written.
    last().tell("mention:unread", { mentions: { "10": [2] }, all: true })
    await tick()
    expect(client.snapshot()?.mentions).toEqual({ "10": [2, 3] })
  })
})

describe("presence", () => {
  it("has what people say of themselves as long as it is told", async () => {
    const { client, start, last, answers } = setUp()
    const watch = createPresenceWatch(client)
    await start()
    const statuses = { "2": { text: "reading", emoji: "📚" }, "3": { text: "tea", leftMs: 60_000 } }
    answers.set("presence:watch", { ok: true, data: { presences: { "2": "online", "3": "online" }, statuses } })
    watch.watch("2")
    watch.watch("3")
    await tick(200)
    expect(watch.line("2")).toMatchObject(statuses["2"])
    expect(watch.line("3")).toMatchObject({ text: "tea", leftMs: 60_000, at: expect.any(Number) })
    last().tell("presence:changed", { presences: {}, statuses: { "2": null } })
    expect(watch.line("2")).toBeNull()
    // What an answer does not name is no more.
    answers.set("presence:watch", { ok: true, data: { presences: { "2": "online", "3": "online" } } })
    last().fire("disconnect")
    await tick(1000)
    last().ready()
    await tick(200)
    expect(watch.line("3")).toBeNull()
    watch.stop()
  })

  it("says at the handshake when nobody is at the device", async () => {
    const { client, start, last } = setUp()
    await start()
    expect(last().auth).not.toHaveProperty("idle")
    client.idle.now = true
    last().fire("disconnect")
    await tick(1000)
    expect(last().auth).toMatchObject({ idle: true })
    expect(client.idle.told).toBe(true)
  })

  it("watches who is on screen, as one set, again after a reconnect", async () => {
    const { client, start, last, answers } = setUp()
    const watch = createPresenceWatch(client)
    await start()
    answers.set("presence:watch", { ok: true, data: { presences: { "2": "online", "3": "idle" } } })
    watch.watch("3")
    const stop = watch.watch("2")
    await tick(200)
    expect(last().emitted).toEqual([{ event: "presence:watch", body: { userIds: ["2", "3"] } }])
    expect(watch.get("2")).toBe("online")
    last().tell("presence:changed", { presences: { "2": "offline" } })
    expect(watch.get("2")).toBe("offline")
    stop()
    last().fire("disconnect")
    await tick(1000)
    last().ready()
    await tick(200)
    expect(last().emitted).toEqual([{ event: "presence:watch", body: { userIds: ["3"] } }])
  })

  it("says who is here with phones alone, as long as each packet says so anew", async () => {
    const { client, start, last, answers } = setUp()
    const watch = createPresenceWatch(client)
    await start()
    const presences = { "2": "online", "3": "online" }
    answers.set("presence:watch", { ok: true, data: { presences, phones: ["2"] } })
    watch.watch("2")
    watch.watch("3")
    await tick(200)
    expect([watch.get("2"), watch.get("3")]).toEqual(["phone", "online"])
    last().tell("presence:changed", { presences, phones: ["3"] })
    expect([watch.get("2"), watch.get("3")]).toEqual(["online", "phone"])
  })

  it("remembers those who left the screen last, and forgets the others", async () => {
    const { client, start, answers } = setUp()
    const watch = createPresenceWatch(client)
    await start()
    const look = async (...ids: string[]) => {
      const presences = Object.fromEntries(ids.map((id) => [id, "online"]))
      answers.set("presence:watch", { ok: true, data: { presences } })
      const stops = ids.map((id) => watch.watch(id))
      await tick(200)
      for (const stop of stops) stop()
      await tick(200)
    }
    const page = (n: number) => Array.from({ length: 100 }, (_, i) => String(1000 + 100 * n + i))
    for (let n = 0; n < 5; n++) await look(...page(n))
    expect(watch.get("1000")).toBe("online")
    // Looked at again: by now others left the screen before.
    await look("1000")
    await look(...page(5))
    expect([watch.get("1000"), watch.get("1001"), watch.get("1499"), watch.get("1500")]).toEqual([
      "online",
      undefined,
      "online",
      "online",
    ])
  })

  it("forgets how somebody is whom one may not watch any more", async () => {
    const { client, start, last, answers } = setUp()
    const watch = createPresenceWatch(client)
    await start()
    answers.set("presence:watch", { ok: true, data: { presences: { "2": "online", "3": "idle" } } })
    watch.watch("2")
    watch.watch("3")
    await tick(200)
    expect(watch.get("2")).toBe("online")
    answers.set("presence:watch", { ok: true, data: { presences: { "3": "idle" } } })
    last().fire("disconnect")
    await tick(1000)
    last().ready()
    await tick(200)
    expect([watch.get("2"), watch.get("3")]).toEqual([undefined, "idle"])
  })
})
