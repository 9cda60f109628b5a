import { setTimeout as delay } from "node:timers/promises"
import { type Link, openLink } from "../link.ts"
import { addMember, counted, type Fault, nodeUrls, type Stage, until } from "../stage.ts"

/** Clients notice a silent line after 12 s. */
const UNTIL_NOTICED_MS = 14_000

/** A line of its own to each node, for those who are to lose it. */
const linksTo = async (stage: Stage): Promise<{ links: Link[]; urls: string[] }> => {
  const links: Link[] = []
  for (const url of nodeUrls(stage)) links.push(stage.stack.use(await openLink({ port: Number(new URL(url).port) })))
  return { links, urls: links.map(({ port }) => `http://127.0.0.1:${port}`) }
}
const linked = new WeakMap<Stage, Link[]>()
const linksOf = (stage: Stage): Link[] => linked.get(stage) ?? []

export const clientCut: Fault = {
  name: "client-cut",
  modes: ["embedded", "cluster"],
  about: "half of the clients lose their network, without a reset, and come back through another node",
  atLeastMs: UNTIL_NOTICED_MS,
  async prepare(stage) {
    const { links, urls } = await linksTo(stage)
    linked.set(stage, links)
    for (const [i, member] of stage.members.entries()) if (i % 2 === 0) member.moveTo(() => urls)
  },
  hit: (stage) => linksOf(stage).forEach((link) => link.freeze()),
  seen: ({ members }) => members.some((member) => !member.connected),
  heal: (stage) => linksOf(stage).forEach((link) => link.thaw()),
}

export const storm: Fault = {
  name: "storm",
  modes: ["embedded", "cluster"],
  about: "a crowd loses its connections all at once, and comes back",
  settings: { perSecond: 20 },
  async prepare(stage) {
    const { links, urls } = await linksTo(stage)
    linked.set(stage, links)
    const accounts = stage.members.map((member) => member.options.account)
    const crowd = Array.from({ length: stage.settings.crowd }, (_, i) => {
      const account = accounts[i % accounts.length]
      if (!account) throw new Error("a crowd of nobody")
      const channels = stage.place.channels.slice(0, 1)
      return addMember(stage, { account, first: i, nodes: () => urls, channels })
    })
    stage.members.push(...crowd)
    await until("the crowd to have come", 60_000, () => crowd.every((member) => member.connected))
  },
  hit: (stage) => linksOf(stage).forEach((link) => link.cut()),
  seen: ({ members, settings }) => members.filter((member) => !member.connected).length > settings.crowd / 2,
}

/** It asks for everything and fetches nothing: sooner or later it is cut off, and until then it hurts nobody. */
export const slowReader: Fault = {
  name: "slow-reader",
  modes: ["embedded", "cluster"],
  about: "a client stops reading, while 16 KB messages are written",
  settings: { filling: "🔥".repeat(3980), members: 6, perSecond: 60 },
  atLeastMs: UNTIL_NOTICED_MS,
  async prepare(stage) {
    const { links, urls } = await linksTo(stage)
    linked.set(stage, links)
    const account = stage.members[0]?.options.account
    if (!account) throw new Error("nobody is there to be slow")
    const reader = addMember(stage, { account, first: 0, nodes: () => urls })
    await until("the slow reader to have come", 60_000, () => reader.connected)
  },
  hit: (stage) => linksOf(stage).forEach((link) => link.stopReading()),
  seen: async (stage) => (await counted(stage, "hearth_slow_readers_total")) > 0,
}

/** One node's store answers 1.5 s late, while its clients come back with their cursors every 2 s. */
export const slowStore: Fault = {
  name: "slow-store",
  modes: ["embedded", "cluster"],
  about: "one node's store answers 1.5 s late, while its clients reconnect every 2 s",
  hit(stage) {
    const node = stage.deployment.nodes.at(-1)
    const ticks = new AbortController()
    slowed.set(stage, ticks)
    node?.storeLink.delay(750)
    const there = stage.members.filter((member) => member.node === node?.url)
    void (async () => {
      while (!ticks.signal.aborted) {
        await delay(2000)
        for (const member of there) member.breakOff()
      }
    })()
  },
  seen: ({ writers }) => writers.some((member) => member.worstMs > 1500),
  heal(stage) {
    slowed.get(stage)?.abort()
    stage.deployment.nodes.at(-1)?.storeLink.delay(0)
  },
}
const slowed = new WeakMap<Stage, AbortController>()
