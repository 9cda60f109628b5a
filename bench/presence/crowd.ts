import { setTimeout as delay } from "node:timers/promises"
import { PROTOCOL_VERSION } from "@hearth/core"
import { signTicket } from "@hearth/db"
import { inLanes } from "@hearth/testing/in-lanes"
import { now, Samples } from "../measure.ts"
import { WireClient } from "../wire-client.ts"
import { idOf, type Place, viewportOf } from "./places.ts"
import type { Ask, Connected, Heard, Watched } from "./tasks.ts"

/** People of one server in a process of their own, each of whom has some of the others on the screen. `stage.ts` is who asks. */
const LANES = 50
/** What one packet a second holds back has come by then. */
const LAST_MS = 1500
/** For what has to come. */
const PATIENCE_MS = 60_000
const AGAIN_MS = 1000
let clients: WireClient[] = []
let place: Place | undefined
let bare = false

const changedAt = new Map<string, number>()
const isAway = new Set<number>()
let packets = 0
let bytes = 0
let sightings = 0
let seen = new Samples()

const onOther = (event: string, payload: unknown, length: number): void => {
  if (event !== "presence:changed") return
  packets++
  bytes += length
  const at = now()
  for (const userId of Object.keys((payload as { presences: object }).presences)) {
    sightings++
    const since = changedAt.get(userId)
    if (since !== undefined) seen.add(at - since)
  }
}

interface Reply {
  ok: boolean
  data?: { presences?: Record<string, string> }
  error?: { code: string }
}

/** On a busy machine a node that stood still takes nobody in for a moment, and answers nothing: a client comes back. */
const inTime = async <T>(work: () => Promise<T>): Promise<T> => {
  const deadline = now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (now() > deadline) throw error
      await delay(AGAIN_MS)
    }
  }
}
const request = (client: WireClient, command: string, body: object): Promise<Reply> =>
  inTime(async () => {
    const reply = (await client.request(command, body)) as Reply
    if (!reply.ok) throw new Error(`${command} was refused: ${JSON.stringify(reply)}`)
    return reply
  })

const connect = async (ask: Extract<Ask, { task: "connect" }>): Promise<Connected> => {
  const { url, people, secret } = ask
  place = ask.place
  bare = !people
  const connectOne = (n: number): Promise<WireClient> => {
    const common = { url, onDelivered: () => {}, onOther }
    const person = people?.[n]
    if (!person || !secret) return WireClient.connect(common)
    return inTime(() => {
      const auth = { ticket: signTicket(secret, person), protocol: PROTOCOL_VERSION, pos: "0" }
      return WireClient.connect({ ...common, auth, readyOn: "gateway:ready" })
    })
  }
  const startedAt = now()
  clients = await inLanes(
    Array.from({ length: place.connected }, (_, n) => n),
    LANES,
    connectOne,
  )
  return { ms: now() - startedAt }
}

const watch = async ({ rows, heroes }: Extract<Ask, { task: "watch" }>): Promise<Watched> => {
  const at = now()
  let told = 0
  let here = 0
  await inLanes([...clients.entries()], LANES, async ([n, client]) => {
    if (!place) return
    const those = new Set(viewportOf(place, n, rows))
    for (const hero of heroes) if (n < hero.watchers) those.add(hero.n)
    const userIds = [...those].map((member) => idOf(place as Place, member))
    const reply = await request(client, "presence:watch", { userIds })
    const presences = Object.values(reply.data?.presences ?? {})
    told += presences.length
    here += presences.filter((presence) => presence !== "offline" && presence !== "unknown").length
  })
  return { ms: now() - at, told, here }
}

const change = async ({ who, count, seconds, expected = 0 }: Extract<Ask, { task: "change" }>): Promise<Heard> => {
  packets = bytes = sightings = 0
  seen = new Samples()
  changedAt.clear()
  const startedAt = now()
  const all = who.length === 0 ? 0 : count
  const underWay: Promise<Reply>[] = []
  for (let i = 0; i < all; i++) {
    const due = startedAt + (i * seconds * 1000) / all
    if (due > now()) await delay(due - now())
    const n = who[i % who.length] ?? 0
    const client = clients[n]
    if (!client || !place) continue
    const presence = isAway.delete(n) ? "online" : "dnd"
    if (presence === "dnd") isAway.add(n)
    const userId = idOf(place, n)
    changedAt.set(userId, now())
    const body = bare ? { userId, presence } : { presence }
    underWay.push(request(client, "presence:set", body))
  }
  await Promise.all(underWay)
  await delay(Math.max(0, startedAt + seconds * 1000 - now()))
  const deadline = now() + PATIENCE_MS
  while (packets < expected && now() < deadline) await delay(20)
  if (all > 0 || seconds > LAST_MS / 1000) await delay(LAST_MS)
  return { changes: all, packets, bytes, sightings, seen: seen.quantiles() }
}

const run = (ask: Ask): Promise<unknown> => {
  if (ask.task === "connect") return connect(ask)
  return ask.task === "watch" ? watch(ask) : change(ask)
}

process.on("message", (ask: Ask) => {
  run(ask).then(
    (result) => process.send?.({ ok: true, result }),
    (error: unknown) =>
      process.send?.({ ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
process.on("disconnect", () => process.exit(0))
