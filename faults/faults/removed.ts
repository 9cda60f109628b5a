import type { Part } from "@hearth/testing/parts"
import { secretsOf } from "../place.ts"
import { addMember, type Fault, nodeUrls, type Stage } from "../stage.ts"

interface Case {
  victim: string
  answeredMs: number
}
const cases = new WeakMap<Stage, Case>()

/** The last one listens to everything, on two devices, and is thrown out. */
const prepare = async (stage: Stage): Promise<void> => {
  const gone = stage.members.pop()
  if (!gone) throw new Error("nobody is there to be removed")
  stage.writers.splice(stage.writers.indexOf(gone), 1)
  await gone.stop()
  const { account } = gone.options
  for (const first of [0, 1])
    stage.strangers.push(
      addMember(stage, { account, first, nodes: () => nodeUrls(stage), secrets: secretsOf(stage.place) }),
    )
  cases.set(stage, { victim: account.userId, answeredMs: 0 })
}

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
