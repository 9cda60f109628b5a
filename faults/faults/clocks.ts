import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import type { Message, Page } from "@hearth/core"
import { waitUntil } from "@hearth/testing"
import type { Node } from "../deployment.ts"
import { now } from "../history.ts"
import type { Member } from "../member.ts"
import { type Fault, first, type Stage } from "../stage.ts"
import { clockOf, type FakeClock, fakeClock, restartWith } from "../time-travel.ts"

/** More than clocks of healthy machines differ, and more than HTTP's seconds hide. */
const WRONG_MS = 10_000
const COME_BACK_MS = 20_000
const EACH_MS = 3000
const LATER_MS = 40 * 60_000

interface Case {
  clock: FakeClock
  node: Node
  /** They know no other node. */
  captives: Member[]
  beganAt: number
  scheduled: string
  complaints: string[]
}
const cases = new WeakMap<Stage, Case>()

/** Everybody who is bound to that node loses the connection now, and is back before the clock is turned further. */
const turn = async (stage: Stage, it: Case, time: string): Promise<void> => {
  it.clock.set(time)
  const at = now()
  for (const member of it.captives) member.breakOff()
  const isBack = ({ userId }: Member) =>
    stage.history.events.some((e) => e.type === "connected" && e.client === userId && e.at > at)
  await waitUntil("them to be back", () => it.captives.every(isBack), COME_BACK_MS).catch(() => {
    it.complaints.push(`with its clock at ${time} s the node took nobody in for ${COME_BACK_MS / 1000} s`)
  })
}

export const clockJump: Fault = {
  name: "clock-jump",
  modes: ["embedded", "cluster"],
  about: "a gateway node's clock jumps 30 s back, an hour on, and back",
  async prepare(stage) {
    const node = first(stage)
    const clock = fakeClock()
    stage.stack.defer(clock.remove)
    await restartWith(stage, node, clock.env)
    const captives = stage.members.filter((_, i) => i % 3 === 0)
    for (const member of captives) member.moveTo(() => [node.url])
    const [channelId = ""] = stage.place.channels
    const text = { channelId, key: crypto.randomUUID(), content: "not before its time" }
    const sendAt = Date.now() + LATER_MS
    const { id } = await stage.owner.api.mutate<{ id: string }>("schedule.create", { ...text, sendAt })
    cases.set(stage, { clock, node, captives, beganAt: Date.now(), scheduled: id, complaints: [] })
  },
  async hit(stage) {
    const it = cases.get(stage)
    if (!it) return
    await turn(stage, it, "-30")
    await delay(EACH_MS)
    await turn(stage, it, "+3600")
    await delay(EACH_MS)
  },
  seen: async (stage) => Math.abs((await clockOf(first(stage))) ?? 0) > WRONG_MS,
  async heal(stage) {
    const it = cases.get(stage)
    if (it) await turn(stage, it, "+0")
  },
  async verify(stage) {
    const it = cases.get(stage)
    if (!it) throw new Error("no clock was turned")
    const complaints = [...it.complaints, ...(await mistimed(stage, it))]
    const { items } = await stage.owner.api.query<{ items: { id: string }[] }>("schedule.list", {})
    if (!items.some(({ id }) => id === it.scheduled)) complaints.push("what was to be sent in 40 minutes was sent")
    if (complaints.length > 0) throw new Error(complaints.join("; "))
  },
}

/** Messages that say that they were written when nobody wrote. */
const mistimed = async ({ owner, place }: Stage, { beganAt }: Case): Promise<string[]> => {
  const wrong = ({ createdAt }: Message) => createdAt < beganAt - WRONG_MS || createdAt > Date.now() + WRONG_MS
  let count = 0
  for (const channelId of place.channels)
    for (let after = 0, more = true; more; ) {
      const input = { channelId, after, limit: 100 }
      const { messages } = (await owner.api.query<{ page: Page }>("message.page", input)).page
      count += messages.filter(wrong).length
      after = messages.at(-1)?.seq ?? after
      more = messages.length === input.limit
    }
  return count > 0 ? [`${count} messages bear a wrong time`] : []
}

/** Whatever is drawn at random, in this order on every node that is started with it. */
const SEEDED = fileURLToPath(new URL("../seeded.ts", import.meta.url))

/** What two clones of one machine have in common. */
export const sameSeed: Fault = {
  name: "same-seed",
  modes: ["cluster"],
  about: "two gateway nodes are started again with one clock and one random seed",
  async prepare(stage) {
    const clock = fakeClock(`@${new Date().toISOString().replace("T", " ").slice(0, 19)}`)
    stage.stack.defer(clock.remove)
    twins.set(stage, clock)
  },
  async hit(stage) {
    const clock = twins.get(stage)
    const nodes = stage.deployment.nodes.slice(0, 2)
    const env = { ...clock?.env, NODE_OPTIONS: `--import ${SEEDED}` }
    await Promise.all(nodes.map((node) => restartWith(stage, node, env)))
  },
  /** Each began at one and the same time, a while ago. */
  seen: async ({ deployment: { nodes } }) => {
    const clocks = await Promise.all(nodes.slice(0, 2).map(clockOf))
    return clocks.every((ms) => ms !== null && ms < -WRONG_MS / 4)
  },
}
const twins = new WeakMap<Stage, FakeClock>()
