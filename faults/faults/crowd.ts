import { type Link, openLink, waitUntil } from "@hearth/testing"
import type { Member } from "../member.ts"
import { addMember, type Fault, nodeUrls, type Stage } from "../stage.ts"

/** Of one account many connections: each of them takes a ticket of its own, as a person's browser does. */
const addCrowd = (stage: Stage, count: number, nodes: () => readonly string[]): Member[] => {
  const accounts = stage.members.map((member) => member.options.account)
  const channels = stage.place.channels.slice(0, 1)
  return Array.from({ length: count }, (_, first) => {
    const account = accounts[first % accounts.length]
    if (!account) throw new Error("a crowd of nobody")
    return addMember(stage, { account, first, nodes, channels })
  })
}

/** All of them by this machine, which is the servers' machine too. */
const COME_MS = 240_000
const BACK_MS = 30_000

const lines = new WeakMap<Stage, Link[]>()
const cut = (stage: Stage) => lines.get(stage)?.forEach((link) => link.cut())
const mostAreAway = ({ members, settings }: Stage) =>
  members.filter((member) => !member.connected).length > settings.crowd / 2

export const storm: Fault = {
  name: "storm",
  modes: ["embedded", "cluster"],
  about: "a crowd loses its connections all at once, and comes back",
  settings: { perSecond: 20 },
  async prepare(stage) {
    const links: Link[] = []
    for (const url of nodeUrls(stage)) links.push(stage.stack.use(await openLink({ port: Number(new URL(url).port) })))
    lines.set(stage, links)
    const urls = links.map(({ port }) => `http://127.0.0.1:${port}`)
    const crowd = addCrowd(stage, stage.settings.crowd, () => urls)
    stage.members.push(...crowd)
    await waitUntil("the crowd to have come", () => crowd.every((member) => member.connected), COME_MS)
  },
  hit: cut,
  seen: mostAreAway,
}

/** Two messages a second are 4,000 deliveries. */
export const stormOfThousands: Fault = {
  ...storm,
  name: "storm-2000",
  about: "2,000 clients lose their connections all at once, and are back within 30 s",
  settings: { perSecond: 2, crowd: 2000 },
  onDemand: true,
  async hit(stage) {
    cut(stage)
    const cutAt = performance.now()
    await waitUntil("them to notice", () => mostAreAway(stage), BACK_MS)
    await waitUntil("all of them to be back", () => stage.members.every((m) => m.connected), COME_MS)
    backAfter.set(stage, performance.now() - cutAt)
  },
  verify(stage) {
    const ms = backAfter.get(stage) ?? Number.POSITIVE_INFINITY
    if (ms > BACK_MS) throw new Error(`the last one was back after ${(ms / 1000).toFixed(1)} s`)
  },
}
const backAfter = new WeakMap<Stage, number>()

const OPENERS = 500

/** They come and open it in one moment, while it is written to. In the end they show what everybody shows. */
export const openers: Fault = {
  name: "openers",
  modes: ["embedded", "cluster"],
  about: "500 clients come and open one channel at once, while 20 messages a second are written",
  settings: { perSecond: 20, channels: 1 },
  async hit(stage) {
    const crowd = addCrowd(stage, OPENERS, () => nodeUrls(stage))
    arrived.set(stage, crowd)
    await waitUntil("all of them to have come", () => crowd.every((member) => member.connected), COME_MS)
    stage.members.push(...crowd)
  },
  seen: (stage) => (arrived.get(stage) ?? []).filter((member) => member.connected).length > OPENERS / 2,
}
const arrived = new WeakMap<Stage, Member[]>()
