import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { type Link, openLink, waitUntil } from "@hearth/testing"
import type { Member } from "../member.ts"
import { addMember, type Fault, nodeUrls, type Stage } from "../stage.ts"
import type { Ask, Reply, Told } from "../viewers.ts"

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

const VIEWERS = 2000

/** They are a process of their own, which compares bytes and counts: a client that keeps a history for each would be all the load there is. */
const ask = async (crowd: ChildProcess, what: Ask): Promise<Told | null> => {
  crowd.send(what)
  const [reply] = (await Promise.race([once(crowd, "message"), once(crowd, "exit")])) as [Reply | number | null]
  if (reply === null || typeof reply === "number") throw new Error("the viewers are gone")
  if (!reply.ok) throw new Error(`the viewers failed: ${reply.error}`)
  return reply.result
}
const comeToLook = (stage: Stage, crowd: ChildProcess, count: number): Promise<Told | null> => {
  const [channelId = ""] = stage.place.channels
  const people = stage.members.map(({ options: { account } }) => ({
    userId: account.userId,
    sessionId: account.sessionId,
  }))
  return ask(crowd, { task: "come", count, urls: nodeUrls(stage), secret: stage.deployment.secret, people, channelId })
}

/** 40,000 deliveries a second, and then 50,000. */
export const viewersByThousands: Fault = {
  name: "viewers-2000",
  modes: ["embedded", "cluster"],
  about: "500 clients open one channel at once, at which 2,000 look, while 20 messages a second are written",
  settings: { perSecond: 20, channels: 1, members: 6 },
  onDemand: true,
  async prepare(stage) {
    const crowd = fork(fileURLToPath(new URL("../viewers.ts", import.meta.url)))
    stage.stack.defer(() => {
      if (crowd.connected) crowd.disconnect()
    })
    crowds.set(stage, crowd)
    await comeToLook(stage, crowd, VIEWERS)
  },
  async hit(stage) {
    const crowd = crowds.get(stage)
    if (!crowd) return
    await comeToLook(stage, crowd, OPENERS)
    opened.add(stage)
  },
  seen: (stage) => opened.has(stage),
  async verify(stage) {
    const crowd = crowds.get(stage)
    const told = crowd && (await ask(crowd, { task: "tell" }))
    const [member] = stage.members
    const head = member?.view(stage.place.channels[0] ?? "").span?.to ?? 0
    const { count = 0, to = [0, 0], missing = 0, asked = 0, ended = 0 } = told ?? {}
    if (count !== VIEWERS + OPENERS || to.some((seq) => seq !== head) || missing > 0 || ended > 0)
      throw new Error(
        `of ${count} viewers ${ended} were sent away; they have ${to.join(" to ")} of ${head}, lack ${missing}, and asked ${asked} times`,
      )
  },
}
const crowds = new WeakMap<Stage, ChildProcess>()
const opened = new WeakSet<Stage>()
