import { waitUntil } from "@hearth/testing"
import type { Part } from "@hearth/testing/parts"
import { secretsOf } from "../place.ts"
import { now } from "../history.ts"
import type { Member } from "../member.ts"
import { addMember, type Fault, first, nodeUrls, readiness, type Stage } from "../stage.ts"

interface Case {
  victim: string
  devices: Member[]
  answeredMs: number
}
const cases = new WeakMap<Stage, Case>()

/** The last one listens to everything, on two devices, and is thrown out. Each device begins at the node of that number. */
const prepareOn = async (stage: Stage, firsts: readonly number[]): Promise<void> => {
  const gone = stage.members.pop()
  if (!gone) throw new Error("nobody is there to be removed")
  stage.writers.splice(stage.writers.indexOf(gone), 1)
  await gone.stop()
  const { account } = gone.options
  const secrets = secretsOf(stage.place)
  const devices = firsts.map((first) => addMember(stage, { account, first, nodes: () => nodeUrls(stage), secrets }))
  stage.strangers.push(...devices)
  cases.set(stage, { victim: account.userId, devices, answeredMs: 0 })
}
const prepare = (stage: Stage) => prepareOn(stage, [0, 1])

const remove = async (stage: Stage): Promise<void> => {
  const it = cases.get(stage)
  if (!it) return
  const began = performance.now()
  await stage.owner.api.mutate("member.kick", { guildId: stage.place.guildId, userId: it.victim })
  stage.history.of(it.victim)({ type: "removed" })
  it.answeredMs = performance.now() - began
}

/** It must have heard something before, or its silence says nothing. */
const seen = (stage: Stage): boolean => {
  const victim = cases.get(stage)?.victim
  const own = stage.history.events.filter((event) => event.client === victim)
  return own.some((event) => event.type === "received" && event.via === "live") && own.some((e) => e.type === "removed")
}

export const removed: Fault = {
  name: "removed",
  modes: ["embedded", "cluster"],
  about: "a member with two open devices is removed",
  ...{ prepare, hit: remove, seen },
}

const pauseThen = (redis: Part | null, act: () => Promise<void>): Promise<void> => {
  redis?.pause()
  return act()
}

export const removedWithoutRedis: Fault = {
  name: "removed-without-redis",
  modes: ["cluster"],
  about: "a member with two open devices is removed, while Redis hangs",
  prepare,
  seen,
  hit: (stage) => pauseThen(stage.deployment.redis, () => remove(stage)),
  heal: ({ deployment }) => deployment.redis?.resume(),
}

/** P6: a node that cannot read what changed uses what it knows for so long, and not a moment longer. */
const OUTDATED_MS = 30_000
const NOTICED_MS = 1000

/** Both devices are at the node that hears of nothing. The others go on, and Redis brings it what is written there. */
export const removedWithoutPostgres: Fault = {
  name: "removed-without-postgres",
  modes: ["cluster"],
  about: "a member is removed, while the node that serves it is cut off from PostgreSQL alone",
  atLeastMs: OUTDATED_MS + 10_000,
  removalMs: OUTDATED_MS + NOTICED_MS,
  async prepare(stage) {
    await prepareOn(stage, [0, 0])
    const devices = cases.get(stage)?.devices ?? []
    const { url } = first(stage)
    await waitUntil("both devices to be there", () => devices.every((d) => d.connected && d.node === url), 30_000)
  },
  hit(stage) {
    first(stage).databaseLink.freeze()
    return remove(stage)
  },
  async seen(stage) {
    const answer = await readiness(first(stage).url)
    return seen(stage) && answer?.because.includes("outbox") === true
  },
  heal: (stage) => first(stage).databaseLink.thaw(),
  verify({ history: { events } }) {
    const removedAt = events.find((e) => e.type === "removed")?.at ?? now()
    const healedAt = events.find((e) => e.type === "fault" && e.stage === "healed")?.at ?? 0
    const later = events.filter((e) => e.type === "ack" && e.at > removedAt + OUTDATED_MS && e.at < healedAt)
    if (later.length === 0) throw new Error("nothing was written when the node should have been silent")
  },
}
