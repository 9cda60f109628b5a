import { setTimeout as delay } from "node:timers/promises"
import { PROTOCOL_VERSION } from "@hearth/core"
import { signTicket } from "@hearth/db"
import { inLanes } from "@hearth/testing/in-lanes"
import type { Ask, Opened, Written } from "./crowd-tasks.ts"
import type { Person } from "./driver.ts"
import { now, Samples } from "./measure.ts"
import { Writing } from "./streams.ts"
import { type Delivered, type Held, WireClient } from "./wire-client.ts"

/** Many clients in a process of their own, each of which looks at no channel or at one. `stage.ts` is who asks. */
interface Member {
  client: WireClient | null
  person?: Person
  channelId: string | null
  held: Held | null
}

const CONNECTING = 50
let members: Member[] = []
let secret: string | undefined
let writings = new Map<string, Writing>()

const onDelivered = (delivered: Delivered, client: WireClient) => {
  writings.get(delivered.channelId)?.see(delivered, client)
  client.lastSeq = Math.max(delivered.last, client.lastSeq)
}

const ticketOf = (person: Person | undefined) => (person && secret ? signTicket(secret, person) : undefined)
const connect = (url: string, ticket: string | undefined): Promise<WireClient> =>
  ticket === undefined
    ? WireClient.connect({ url, onDelivered })
    : WireClient.connect({
        url,
        auth: { ticket, protocol: PROTOCOL_VERSION, pos: "0" },
        readyOn: "gateway:ready",
        onDelivered,
      })

const lookers = () => members.filter((member) => member.client && member.channelId)

interface Reply {
  ok: boolean
  data?: { channels: { ok: boolean }[] }
}
/** Whether it was answered. Its answers are applied by then: the ack follows them. */
const resume = async (member: Member): Promise<boolean> => {
  const { client, channelId, held } = member
  if (!client || !channelId) return false
  client.resumed = 0
  client.held = held && { span: { ...held.span }, marks: { ...held.marks } }
  const { span, marks } = held ?? { span: null, marks: {} }
  const reply = (await client.request("channel:resume", { channels: [{ channelId, span, marks }] })) as Reply
  return reply.ok && (reply.data?.channels ?? []).every((c) => c.ok)
}

const timed = async (work: (note: (member: Member, ms: number, ok: boolean) => void) => Promise<unknown>) => {
  const each = new Samples()
  let refused = 0
  let messages = 0
  const startedAt = now()
  await work((member, ms, ok) => {
    if (!ok) refused++
    each.add(ms)
    messages += member.client?.resumed ?? 0
  })
  return { ms: now() - startedAt, each: each.quantiles(), messages, refused } satisfies Opened
}

const open = (those: Member[], lanes: number): Promise<Opened> =>
  timed((note) =>
    inLanes(those, Math.min(lanes, those.length), async (member) => {
      const at = now()
      const ok = await resume(member)
      note(member, now() - at, ok)
    }),
  )

const write = async ({ streams, seconds }: Extract<Ask, { task: "write" }>): Promise<Written> => {
  const viewers = new Map<string, number>()
  for (const { channelId } of lookers()) viewers.set(channelId ?? "", (viewers.get(channelId ?? "") ?? 0) + 1)
  const clients = members.map(({ client }) => client)
  const begun = streams.map((stream) => new Writing(stream, clients, viewers))
  writings = new Map(
    streams.flatMap(({ channels }, i) => {
      const writing = begun[i]
      return writing ? channels.map(({ channelId }) => [channelId, writing] as const) : []
    }),
  )
  const before = heard()
  const results = await Promise.all(begun.map((writing) => writing.run(seconds)))
  const after = heard()
  return { streams: results, frames: after.frames - before.frames, bytes: after.bytes - before.bytes }
}

const heard = () => {
  let frames = 0
  let bytes = 0
  for (const { client } of members) {
    frames += client?.others ?? 0
    bytes += client?.otherBytes ?? 0
  }
  return { frames, bytes }
}

const run = async (ask: Ask): Promise<unknown> => {
  switch (ask.task) {
    case "connect": {
      secret = ask.secret
      members = Array.from({ length: ask.count }, (_, i) => {
        const person = ask.people?.[i]
        return { client: null, channelId: null, held: null, ...(person && { person }) }
      })
      const startedAt = now()
      await inLanes([...members.entries()], CONNECTING, async ([i, member]) => {
        member.client = await connect(ask.urls[i % ask.urls.length] ?? "", ticketOf(member.person))
      })
      return { ms: now() - startedAt }
    }
    case "open": {
      ask.channelOf.forEach((channelId, i) => {
        const member = members[i]
        if (!member || member.channelId === channelId) return
        member.channelId = channelId
        member.held = null
      })
      return open(lookers(), ask.lanes)
    }
    case "write":
      return write(ask)
    case "cut":
      for (const member of members.slice(ask.from, ask.to)) {
        member.held = member.client?.held ?? null
        member.client?.close()
        member.client = null
      }
      return null
    case "back": {
      const gone = [...members.entries()].filter(([, member]) => !member.client)
      const mintedAt = now()
      const tickets = gone.map(([, { person }]) => ticketOf(person))
      const ticketsMs = now() - mintedAt
      const opened = await timed((note) =>
        inLanes([...gone.entries()], ask.lanes, async ([n, [i, member]]) => {
          const at = now()
          member.client = await connect(ask.urls[i % ask.urls.length] ?? "", tickets[n])
          const ok = await resume(member)
          note(member, now() - at, ok)
        }),
      )
      return { ...opened, ticketsMs }
    }
    case "listen": {
      const before = heard()
      await delay(ask.seconds * 1000)
      const after = heard()
      return { frames: after.frames - before.frames, bytes: after.bytes - before.bytes }
    }
  }
}

process.on("message", (ask: Ask) => {
  run(ask).then(
    (result) => process.send?.({ ok: true, result }),
    (error: unknown) =>
      process.send?.({ ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
process.on("disconnect", () => process.exit(0))
