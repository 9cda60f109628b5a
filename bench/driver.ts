import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { PROTOCOL_VERSION } from "@hearth/core"
import { signTicket } from "@hearth/db"
import { inLanes } from "@hearth/testing/in-lanes"
import { cpuOf, now, Samples, type Quantiles } from "./measure.ts"
import { type Delivered, stamped, WireClient } from "./wire-client.ts"

/** The clients, in a process of their own. It does what `main.ts` asks over IPC, one thing at a time. */
export interface Person {
  userId: string
  sessionId: string
}
export interface ConnectTask {
  task: "connect"
  urls: string[]
  count: number
  concurrency: number
  /** Absent: bare Socket.IO. */
  hearth?: { secret: string; people: Person[]; channelId: string }
}
export interface SendTask {
  task: "send"
  authors: number
  seconds: number
  /** Messages a second, all authors together; null: each author sends again as soon as it was answered. */
  perSecond: number | null
}
export type Task = ConnectTask | SendTask | { task: "close" }

export interface Connected {
  ms: number
  count: number
  cpuMs: number
}
export interface Sent {
  sent: number
  refused: number
  deliveries: number
  /** Deliveries that did not come within 5 s of the last send. */
  missing: number
  /** Frames that did not follow the one before. */
  gaps: number
  /** From the first send to the last delivery. */
  ms: number
  ack: Quantiles
  delivery: Quantiles
  cpuMs: number
}

let clients: WireClient[] = []
let channelId = "1"
const deliveryTimes = new Samples()
let deliveries = 0
let gaps = 0
let lastDelivery = 0
let measureFrom = 0

const onDelivered = ({ sentAt, first, last }: Delivered, client: WireClient) => {
  const at = now()
  for (const sent of sentAt) {
    if (sent < measureFrom) continue
    deliveries++
    deliveryTimes.add(at - sent)
  }
  lastDelivery = at
  if (first === 0) return
  if (first !== client.lastSeq + 1) gaps++
  client.lastSeq = Math.max(last, client.lastSeq)
}

const connect = async ({ urls, count, concurrency, hearth }: ConnectTask): Promise<Connected> => {
  const people = hearth?.people ?? []
  const tickets = people.slice(0, count).map((person) => signTicket(hearth?.secret ?? "", person))
  const cpuBefore = cpuOf([process.pid])
  const startedAt = now()
  let next = 0
  const lane = async () => {
    for (let i = next++; i < count; i = next++) {
      const url = urls[i % urls.length] ?? ""
      const ticket = tickets[i]
      clients[i] = ticket
        ? await WireClient.connect({
            url,
            auth: { ticket, protocol: PROTOCOL_VERSION, pos: "0" },
            readyOn: "gateway:ready",
            onDelivered,
          })
        : await WireClient.connect({ url, onDelivered })
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, lane))
  const ms = now() - startedAt
  const cpuMs = cpuOf([process.pid]) - cpuBefore
  if (hearth) {
    channelId = hearth.channelId
    await inLanes(clients, 50, async (client) => {
      const reply = (await client.request("channel:resume", {
        channels: [{ channelId, span: null, marks: {} }],
      })) as Reply
      if (!reply.ok) throw new Error(`channel:resume was refused: ${JSON.stringify(reply)}`)
    })
  }
  return { ms, count, cpuMs }
}

interface Reply {
  ok: boolean
}

const send = async ({ authors, seconds, perSecond }: SendTask): Promise<Sent> => {
  const acks = new Samples()
  deliveryTimes.clear()
  deliveries = 0
  gaps = 0
  let sent = 0
  let refused = 0
  const cpuBefore = cpuOf([process.pid])
  const startedAt = now()
  measureFrom = startedAt
  const endsAt = startedAt + seconds * 1000

  const sendOne = async (author: WireClient) => {
    const at = now()
    sent++
    const reply = (await author.request("message:send", {
      channelId,
      content: stamped(at),
      nonce: randomUUID(),
    })) as Reply
    if (reply.ok) acks.add(now() - at)
    else refused++
  }
  const writers = clients.slice(0, authors)
  if (perSecond === null) {
    await Promise.all(
      writers.map(async (author) => {
        while (now() < endsAt) await sendOne(author)
      }),
    )
  } else {
    const underWay: Promise<void>[] = []
    for (let i = 0; startedAt + (i * 1000) / perSecond < endsAt; i++) {
      const due = startedAt + (i * 1000) / perSecond
      if (due > now()) await delay(due - now())
      const author = writers[i % writers.length]
      if (author) underWay.push(sendOne(author))
    }
    await Promise.all(underWay)
  }
  const expected = (sent - refused) * clients.length
  const deadline = now() + 5000
  while (deliveries < expected && now() < deadline) await delay(5)
  return {
    sent,
    refused,
    deliveries,
    missing: expected - deliveries,
    gaps,
    ms: lastDelivery - startedAt,
    ack: acks.quantiles(),
    delivery: deliveryTimes.quantiles(),
    cpuMs: cpuOf([process.pid]) - cpuBefore,
  }
}

const run = async (task: Task): Promise<unknown> => {
  if (task.task === "connect") return connect(task)
  if (task.task === "send") return send(task)
  for (const client of clients) client.close()
  clients = []
  return null
}

process.on("message", (task: Task) => {
  run(task).then(
    (result) => process.send?.({ ok: true, result }),
    (error: unknown) =>
      process.send?.({ ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
process.on("disconnect", () => process.exit(0))
