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
/** What each asked for last, to ask again when it comes back. */
let watched: string[][] = []
let connectOne: (n: number) => Promise<WireClient> = () => Promise.reject(new Error("nobody is connected"))
let place: Place | undefined
let bare = false

const changedAt = new Map<string, number>()
const isAway = new Set<number>()
let packets = 0
let bytes = 0
let sightings = 0
let seen = new Samples()
/** Who was told of whom that nobody can say how they are, and not yet more. */
const unknown = new Set<string>()
/** Whether anything came that no change brings: somebody was unknown, or a connection broke. */
let disturbed = false

const told = (n: number, presences: Record<string, string>): void => {
  for (const userId of Object.keys(presences)) {
    if (presences[userId] === "unknown") {
      unknown.add(`${n} ${userId}`)
      disturbed = true
    } else if (unknown.size > 0) unknown.delete(`${n} ${userId}`)
  }
}
const onOther = (n: number, event: string, payload: unknown, length: number): void => {
  if (event !== "presence:changed") return
  packets++
  bytes += length
  const at = now()
  const { presences } = payload as { presences: Record<string, string> }
  told(n, presences)
  for (const userId of Object.keys(presences)) {
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
const askOnce = async (client: WireClient, command: string, body: object): Promise<Reply> => {
  const reply = (await client.request(command, body)) as Reply
  if (!reply.ok) throw new Error(`${command} was refused: ${JSON.stringify(reply)}`)
  return reply
}
/** Who was sent away comes back, and looks at the same people: one try. */
const present = async (n: number): Promise<WireClient | undefined> => {
  const client = clients[n]
  if (!client?.ended) return client
  disturbed = true
  const back = await connectOne(n)
  const userIds = watched[n]
  if (userIds) told(n, (await askOnce(back, "presence:watch", { userIds })).data?.presences ?? {})
  isAway.delete(n)
  clients[n] = back
  return back
}
const request = (n: number, command: string, body: object): Promise<Reply> =>
  inTime(async () => {
    const client = await present(n)
    if (!client) throw new Error(`there is no client ${n}`)
    return askOnce(client, command, body)
  })

const connect = async (ask: Extract<Ask, { task: "connect" }>): Promise<Connected> => {
  const { url, people, secret } = ask
  place = ask.place
  bare = !people
  watched = []
  connectOne = (n) => {
    const common: Parameters<typeof WireClient.connect>[0] = {
      ...{ url, onDelivered: () => {}, patienceMs: PATIENCE_MS / 3 },
      onOther: (event, payload, length) => onOther(n, event, payload, length),
    }
    const person = people?.[n]
    if (!person || !secret) return WireClient.connect(common)
    const auth = { ticket: signTicket(secret, person), protocol: PROTOCOL_VERSION, pos: "0" }
    return WireClient.connect({ ...common, auth, readyOn: "gateway:ready" })
  }
  const startedAt = now()
  clients = await inLanes(
    Array.from({ length: place.connected }, (_, n) => n),
    LANES,
    (n) => inTime(() => connectOne(n)),
  )
  return { ms: now() - startedAt }
}

const watch = async ({ rows, heroes }: Extract<Ask, { task: "watch" }>): Promise<Watched> => {
  const at = now()
  const deadline = at + PATIENCE_MS
  const sums = { told: 0, here: 0 }
  await inLanes([...clients.keys()], LANES, async (n) => {
    if (!place) return
    const those = new Set(viewportOf(place, n, rows))
    for (const hero of heroes) if (n < hero.watchers) those.add(hero.n)
    const userIds = (watched[n] = [...those].map((member) => idOf(place as Place, member)))
    for (;;) {
      const reply = await request(n, "presence:watch", { userIds })
      const presences = reply.data?.presences ?? {}
      told(n, presences)
      const all = Object.values(presences)
      const here = all.filter((presence) => presence !== "offline" && presence !== "unknown").length
      // A Redis that answered late is no reason to take them for gone.
      if (here === all.length || now() > deadline) {
        sums.told += all.length
        sums.here += here
        return
      }
      await delay(AGAIN_MS)
    }
  })
  return { ms: now() - at, ...sums }
}

/** As before anything happened: everybody is connected, and knows how those are whom they watch. */
const settle = async (): Promise<void> => {
  const deadline = now() + PATIENCE_MS
  await inLanes([...clients.keys()], LANES, (n) => inTime(() => present(n)))
  while (unknown.size > 0 && now() < deadline) await delay(20)
}

const change = async ({ who, count, seconds, expected = 0 }: Extract<Ask, { task: "change" }>): Promise<Heard> => {
  await settle()
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
    if (!clients[n] || !place) continue
    const presence = isAway.delete(n) ? "online" : "dnd"
    if (presence === "dnd") isAway.add(n)
    const userId = idOf(place, n)
    changedAt.set(userId, now())
    const body = bare ? { userId, presence } : { presence }
    underWay.push(request(n, "presence:set", body))
  }
  await Promise.all(underWay)
  await delay(Math.max(0, startedAt + seconds * 1000 - now()))
  const deadline = now() + PATIENCE_MS
  while (packets < expected && now() < deadline) await delay(20)
  if (all > 0 || seconds > LAST_MS / 1000) await delay(LAST_MS)
  // From the end of the last one on: what came in between was counted by who looked at the gateway before this one began.
  const wasDisturbed = disturbed || clients.some((client) => client.ended)
  disturbed = unknown.size > 0
  return { disturbed: wasDisturbed, changes: all, packets, bytes, sightings, seen: seen.quantiles() }
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
