import { type Link, openLink, waitUntil } from "@hearth/testing"
import type { Node } from "../deployment.ts"
import type { Member } from "../member.ts"
import { addMember, counted, type Fault, nodeUrls, type Stage } from "../stage.ts"

/** Clients notice a silent line after 12 s. */
const UNTIL_NOTICED_MS = 14_000

/** Of messages a channel. Whoever missed more begins anew, with the newest ones. */
const TOO_MANY = 1000
const TEN_MINUTES_MS = 600_000

/** A line of its own to each node, for those who are to lose it. */
const linksTo = async (stage: Stage): Promise<{ links: Link[]; urls: string[] }> => {
  const links: Link[] = []
  for (const url of nodeUrls(stage)) links.push(stage.stack.use(await openLink({ port: Number(new URL(url).port) })))
  return { links, urls: links.map(({ port }) => `http://127.0.0.1:${port}`) }
}
const linked = new WeakMap<Stage, Link[]>()
const linksOf = (stage: Stage): Link[] => linked.get(stage) ?? []

const isHalf = (index: number) => index % 2 === 0
const half = {
  async prepare(stage: Stage) {
    const { links, urls } = await linksTo(stage)
    linked.set(stage, links)
    for (const [i, member] of stage.members.entries()) if (isHalf(i)) member.moveTo(() => urls)
  },
  hit: (stage: Stage) => linksOf(stage).forEach((link) => link.freeze()),
  heal: (stage: Stage) => linksOf(stage).forEach((link) => link.thaw()),
}

export const clientCut: Fault = {
  name: "client-cut",
  modes: ["embedded", "cluster"],
  about: "half of the clients lose their network, without a reset, and come back through another node",
  atLeastMs: UNTIL_NOTICED_MS,
  ...half,
  seen: ({ members }) => members.some((member) => !member.connected),
}

/** Who is away writes nothing, so that what they missed is what others wrote. */
const away: Omit<Fault, "name" | "about" | "atLeastMs"> = {
  modes: ["embedded", "cluster"],
  ...half,
  async prepare(stage) {
    await half.prepare(stage)
    stage.writers = stage.writers.filter((_, i) => !isHalf(i))
  },
  seen({ members, history, place }) {
    const hit = history.events.find((e) => e.type === "fault")?.at ?? Number.POSITIVE_INFINITY
    const missed = (channel: string) =>
      history.events.filter((e) => e.type === "ack" && e.channel === channel && e.at > hit).length
    return members.some((member) => !member.connected) && place.channels.every((id) => missed(id) > TOO_MANY * 1.1)
  },
  verify({ members, place }) {
    // Before, every one of them had each channel from its first message on.
    const isAnew = (member: Member) => place.channels.every((id) => (member.view(id).span?.from ?? 1) > 1)
    const back = members.filter((_, i) => isHalf(i))
    if (!back.every(isAnew)) throw new Error("somebody who missed more than 1,000 messages was sent all of them")
  },
}

export const clientAway: Fault = {
  name: "client-away",
  about: "half of the clients are cut off until they have missed more than 1,000 messages",
  settings: { channels: 1 },
  atLeastMs: UNTIL_NOTICED_MS,
  ...away,
}

export const clientAwayLong: Fault = {
  name: "client-away-10-minutes",
  about: "half of the clients are cut off for ten minutes",
  atLeastMs: TEN_MINUTES_MS,
  onDemand: true,
  ...away,
}

/** It asks for everything and fetches nothing: sooner or later it is cut off, and until then it hurts nobody. */
export const slowReader: Fault = {
  name: "slow-reader",
  modes: ["embedded", "cluster"],
  about: "a client stops reading, while 16 KB messages are written",
  // Half a megabyte a second, which fills what the system keeps for a connection, and leaves the store time for other things.
  settings: { filling: "🔥".repeat(3980), members: 6, perSecond: 30 },
  atLeastMs: UNTIL_NOTICED_MS,
  async prepare(stage) {
    const { links, urls } = await linksTo(stage)
    linked.set(stage, links)
    const account = stage.members[0]?.options.account
    if (!account) throw new Error("nobody is there to be slow")
    const reader = addMember(stage, { account, first: 0, nodes: () => urls })
    readers.set(stage, reader)
    await waitUntil("the slow reader to have come", () => reader.connected, 60_000)
  },
  hit: (stage) => linksOf(stage).forEach((link) => link.stopReading()),
  // For what piled up, or, where little is written, since it answers no ping.
  seen: async (stage) =>
    readers.get(stage)?.connected === false || (await counted(stage, "hearth_slow_readers_total")) > 0,
}
const readers = new WeakMap<Stage, Member>()

const MUCH_BYTES = 100e6

/** A megabyte a second, for as long as it takes. */
export const slowReaderOfMuch: Fault = {
  ...slowReader,
  name: "slow-reader-100-mb",
  about: "a client stops reading, while 100 MB are broadcast to it",
  settings: { ...slowReader.settings, perSecond: 60, channels: 1 },
  atLeastMs: 110_000,
  onDemand: true,
  verify({ history }) {
    const hit = history.events.find((e) => e.type === "fault")?.at ?? Number.POSITIVE_INFINITY
    let bytes = 0
    for (const e of history.events) if (e.type === "invoke" && e.at > hit) bytes += Buffer.byteLength(e.body)
    if (bytes < MUCH_BYTES) throw new Error(`only ${(bytes / 1e6).toFixed(0)} MB were written`)
  },
}

/** One node's store answers 1.5 s late, while its clients come back with their cursors every 2 s. */
export const slowStore: Fault = {
  name: "slow-store",
  modes: ["embedded", "cluster"],
  about: "one node's store answers 1.5 s late, while its clients reconnect every 2 s",
  async hit(stage) {
    const node = lastOf(stage)
    node.storeLink.delay(750)
    const there = stage.members.filter((member) => member.node === node.url)
    const ticks = setInterval(() => there.forEach((member) => member.breakOff()), 2000)
    stage.stack.defer(() => clearInterval(ticks))
    slowed.set(stage, { ticks, before: await slowAppends(node) })
  },
  // That clients who come and go wait for their acks says nothing of the store.
  async seen(stage) {
    const before = slowed.get(stage)?.before
    return before !== undefined && (await slowAppends(lastOf(stage))) > before
  },
  heal(stage) {
    clearInterval(slowed.get(stage)?.ticks)
    lastOf(stage).storeLink.delay(0)
  },
}
const slowed = new WeakMap<Stage, { ticks: NodeJS.Timeout; before: number }>()

const lastOf = ({ deployment }: Stage): Node => {
  const node = deployment.nodes.at(-1)
  if (!node) throw new Error("a deployment without a node")
  return node
}

/** For how many appends a node waited more than a second, by its own metrics. */
const slowAppends = async ({ url }: Node): Promise<number> => {
  const text = await fetch(`${url}/metrics`).then(
    (response) => response.text(),
    () => "",
  )
  const sum = (line: RegExp) => [...text.matchAll(line)].reduce((all, [, count]) => all + Number(count), 0)
  const quick = sum(/^hearth_append_ms_bucket\{(?=[^}]*le="1000")[^}]*\} (\d+)$/gm)
  return sum(/^hearth_append_ms_count\{[^}]*\} (\d+)$/gm) - quick
}
