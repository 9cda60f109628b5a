import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { IDLE_MS, trackActivity } from "./activity.ts"

let visible = "visible"
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  visible = "visible"
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visible as DocumentVisibilityState)
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
})
const stops: (() => void)[] = []
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

const setUp = ({ hidden = false } = {}) => {
  if (hidden) visible = "hidden"
  const online = new Set<() => void>()
  const said: string[] = []
  const client = {
    idle: { now: hidden, told: hidden },
    status: "online",
    fails: false,
  }
  const stop = trackActivity({
    idle: client.idle,
    connection: () => ({ status: client.status }) as never,
    request: (async (_command: string, { presence }: { presence: string }) => {
      if (client.fails) throw new Error("away")
      said.push(presence)
      return {}
    }) as never,
    onOnline: (listener) => {
      online.add(listener)
      return () => void online.delete(listener)
    },
  })
  stops.push(stop)
  const touch = (kind = "pointermove") => void window.dispatchEvent(new Event(kind))
  const answered = () => {
    client.status = "online"
    for (const listener of online) listener()
  }
  /** The next handshake says how it is. */
  const reconnect = () => {
    client.idle.told = client.idle.now
    answered()
  }
  return { client, said, touch, answered, reconnect, stop }
}

test("who touches nothing for five minutes is away, and back at the first touch", async () => {
  const { said, touch } = setUp()
  await pass(IDLE_MS - 1)
  expect(said).toEqual([])
  await pass(1)
  expect(said).toEqual(["idle"])
  await pass(10 * IDLE_MS)
  expect(said).toEqual(["idle"])
  touch("keydown")
  await pass(0)
  expect(said).toEqual(["idle", "online"])
  await pass(IDLE_MS)
  expect(said).toEqual(["idle", "online", "idle"])
})

test("whoever goes on touching stays, and nothing is said", async () => {
  const { said, touch } = setUp()
  for (let i = 0; i < 20; i++) {
    await pass(IDLE_MS / 2)
    touch("wheel")
  }
  expect(said).toEqual([])
  await pass(IDLE_MS - 1)
  expect(said).toEqual([])
  await pass(1)
  expect(said).toEqual(["idle"])
})

test("a page in the background keeps nobody here, and coming to it is a touch", async () => {
  const { client, said } = setUp({ hidden: true })
  await pass(2 * IDLE_MS)
  expect(said).toEqual([])
  expect(client.idle.now).toBe(true)
  visible = "visible"
  document.dispatchEvent(new Event("visibilitychange"))
  await pass(0)
  expect(said).toEqual(["online"])
  visible = "hidden"
  document.dispatchEvent(new Event("visibilitychange"))
  await pass(IDLE_MS)
  expect(said).toEqual(["online", "idle"])
})

test("without a connection the next handshake says it, and nothing is said twice", async () => {
  const { client, said, reconnect, answered, touch } = setUp()
  client.status = "offline"
  await pass(IDLE_MS)
  expect([client.idle.now, said]).toEqual([true, []])
  reconnect()
  await pass(0)
  expect(said).toEqual([])
  // Somebody came back between the handshake and its answer.
  client.status = "connecting"
  touch()
  await pass(0)
  expect([client.idle, said]).toEqual([{ now: false, told: true }, []])
  answered()
  await pass(0)
  expect(said).toEqual(["online"])
})

test("what was not heard is said again", async () => {
  const { client, said } = setUp()
  client.fails = true
  await pass(IDLE_MS)
  expect(said).toEqual([])
  client.fails = false
  await pass(5_000)
  expect(said).toEqual(["idle"])
})

test("afterwards nothing is listened to", async () => {
  const { said, stop, touch } = setUp()
  stop()
  await pass(IDLE_MS)
  touch()
  expect(said).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})
