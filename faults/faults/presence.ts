import { setTimeout as delay } from "node:timers/promises"
import type { Snowflake } from "@hearth/core"
import { waitUntil } from "@hearth/testing"
import { openRedis } from "../../apps/realtime/src/redis-client.ts"
import type { Node } from "../deployment.ts"
import { now } from "../history.ts"
import type { Account, Member } from "../member.ts"
import { idsOf, Quiet, quietPeople } from "../observer.ts"
import { addMember, type Fault, first, type Stage } from "../stage.ts"
import { join, newAccounts } from "../place.ts"

const GRACE_MS = 10_000
const TRUTH_MS = 60_000
/** Longer than an epoch lives without a beat. */
const PAST_EPOCH_MS = 60_000
/** Unknown, and back as each node says it anew: more would be a storm. */
const FEW_PACKETS = 12

/** Few messages: what piles up of them while everything is away is for other faults to measure. */
const settings = { perSecond: 10 }

interface Scene {
  /** They watch all the others, and stay connected. */
  observers: Quiet[]
  /** Their node is broken. */
  struck: Quiet[]
  /** Theirs is not. */
  spared: Quiet[]
  captives: Member[]
  /** They come when all is over, and look. */
  late: Account[]
  at: number
  /** What came of it at the time. */
  complaints: string[]
  epoch?: string | null
}
const scenes = new WeakMap<Stage, Scene>()
const sceneOf = (stage: Stage): Scene => {
  const scene = scenes.get(stage)
  if (!scene) throw new Error("nobody has come")
  return scene
}
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

const nodesOf = ({ deployment }: Stage): [Node, Node, Node] => {
  const [one, two, three] = deployment.nodes
  if (!one || !two || !three) throw new Error("presence is broken on three nodes")
  return [one, two, three]
}

/** Two who look, on the second and third node, at some on the first and some on the others. */
const prepare = async (stage: Stage): Promise<void> => {
  const [one, two, three] = nodesOf(stage)
  const observers = await quietPeople(stage, [two.url, three.url])
  const struck = await quietPeople(stage, [one.url, one.url, one.url])
  const spared = await quietPeople(stage, [two.url, three.url])
  for (const observer of observers) await observer.sees(idsOf([...struck, ...spared]), "online")
  for (const observer of struck) await observer.sees(idsOf(spared), "online")
  scenes.set(stage, { observers, struck, spared, captives: [], late: [], at: now(), complaints: [] })
}
const hitNow = (stage: Stage): void => {
  sceneOf(stage).at = now()
}

/** Those whose node was not broken were never seen to be anything but here. */
const sparedStayed = ({ observers, spared, at }: Scene): string[] =>
  observers.flatMap((observer) =>
    spared.flatMap(({ userId }) => {
      const other = observer.of(userId, at).find(({ presence }) => presence !== "online")
      return other ? [`one whose node lived was seen as ${other.presence} after ${seconds(other.at - at)}`] : []
    }),
  )
const complain = (complaints: readonly string[]): void => {
  if (complaints.length > 0) throw new Error(complaints.join("; "))
}

export const presenceCrash: Fault = {
  name: "presence-crash",
  modes: ["cluster"],
  settings,
  about: "a gateway node is killed (-9) and stays away: its people are offline within 60 s, and not before their grace",
  atLeastMs: 65_000,
  prepare,
  hit(stage) {
    hitNow(stage)
    return first(stage).program.kill()
  },
  seen: (stage) => sceneOf(stage).struck.every(({ connected }) => !connected),
  heal: (stage) => first(stage).program.start(),
  verify(stage) {
    const scene = sceneOf(stage)
    const { observers, struck, at } = scene
    const complaints = sparedStayed(scene)
    for (const observer of observers)
      for (const { userId } of struck) {
        const told = observer.of(userId, at)
        const gone = told.find(({ presence }) => presence === "offline")
        if (!gone || gone.at - at > TRUTH_MS)
          complaints.push(`one of a dead node was offline ${gone ? `after ${seconds(gone.at - at)}` : "never"}`)
        else if (gone.at - at < GRACE_MS)
          complaints.push(`one of a dead node was offline ${seconds(gone.at - at)} later`)
        if (told.length > 1) complaints.push(`one of a dead node was told ${told.length} times`)
      }
    complain(complaints)
  },
}

const epochOf = async ({ deployment }: Stage, { name }: Node): Promise<string | null> => {
  const redis = openRedis(deployment.redis?.url ?? "", { commandTimeoutMs: 5000 }, { enableOfflineQueue: true })
  try {
    return await redis.hget(`hearth-faults:node:${name}`, "epoch")
  } finally {
    redis.disconnect()
  }
}

export const presenceSleep: Fault = {
  name: "presence-sleep",
  modes: ["cluster"],
  settings,
  about: "a gateway node stands still past its epoch (SIGSTOP), and wakes: it registers anew, and nobody stays a ghost",
  atLeastMs: PAST_EPOCH_MS,
  async prepare(stage) {
    await prepare(stage)
    const scene = sceneOf(stage)
    const node = first(stage)
    scene.epoch = await epochOf(stage, node)
    for (const account of await newAccounts(stage.deployment, stage.place.invite, 3)) {
      await join(account, stage.place)
      stage.history.of(account.userId)({ type: "joined" })
      const captive = addMember(stage, { account, first: 0, nodes: () => [node.url] })
      scene.captives.push(captive)
      stage.members.push(captive)
    }
    const ids = idsOf([...scene.struck, ...scene.spared, ...scene.captives])
    for (const observer of scene.observers) await observer.sees(ids, "online")
  },
  hit(stage) {
    hitNow(stage)
    first(stage).program.pause()
  },
  seen: (stage) => sceneOf(stage).struck.every(({ connected }) => !connected),
  heal: (stage) => first(stage).program.resume(),
  async verify(stage) {
    const scene = sceneOf(stage)
    const { observers, struck, captives, epoch } = scene
    const complaints = sparedStayed(scene)
    if ((await epochOf(stage, first(stage))) === epoch)
      complaints.push("the node has the epoch that it had before it slept")
    for (const observer of observers) {
      // Who came back to the node that slept is here; who did not come back is not.
      await observer.sees(idsOf(captives), "online", 1000).catch((error: Error) => complaints.push(error.message))
      const presences = await observer.watch(idsOf(struck))
      const ghosts = struck.filter(({ userId }) => presences?.[userId] !== "offline")
      if (ghosts.length > 0) complaints.push(`${ghosts.length} who are gone are seen to be here`)
    }
    complain(complaints)
  },
}

export const presenceRestart: Fault = {
  name: "presence-restart",
  modes: ["cluster"],
  settings,
  about: "Redis and all gateway nodes are killed (-9) and started again: within 60 s everybody is seen as they are",
  async prepare(stage) {
    await prepare(stage)
    const { deployment, place } = stage
    const late = await newAccounts(deployment, place.invite, deployment.nodes.length)
    for (const account of late) await join(account, place)
    sceneOf(stage).late = late
  },
  async hit({ deployment }) {
    await Promise.all([deployment.redis?.kill(), ...deployment.nodes.map(({ program }) => program.kill())])
  },
  seen: (stage) => sceneOf(stage).spared.every(({ connected }) => !connected),
  async heal(stage) {
    const { deployment, members } = stage
    const { struck, spared, late, complaints } = sceneOf(stage)
    await deployment.redis?.start()
    await Promise.all(deployment.nodes.map(({ program }) => program.start()))
    const startedAt = now()
    const here = idsOf(members)
    const gone = idsOf([...struck, ...spared])
    for (const [i, { name, url }] of deployment.nodes.entries()) {
      const account = late[i]
      if (!account) continue
      const observer = await Quiet.open(stage, account, url)
      const isTrue = async () => {
        const presences = await observer.watch([...here, ...gone])
        const are = (ids: readonly Snowflake[], presence: string) => ids.every((id) => presences?.[id] === presence)
        return are(here, "online") && are(gone, "offline")
      }
      const leftMs = Math.max(1000, startedAt + TRUTH_MS - now())
      await waitUntil(`the truth on ${name}, ${seconds(TRUTH_MS)} after it was started`, isTrue, leftMs).catch(
        (error: Error) => complaints.push(error.message),
      )
    }
  },
  verify: (stage) => complain(sceneOf(stage).complaints),
}

export const presenceRedis: Fault = {
  name: "presence-redis",
  modes: ["cluster"],
  settings,
  about:
    "Redis is killed (-9) and comes back empty: people of other nodes are unknown, never offline, and no storm follows",
  atLeastMs: 20_000,
  prepare,
  hit(stage) {
    hitNow(stage)
    return stage.deployment.redis?.kill()
  },
  seen(stage) {
    const { observers, struck, at } = sceneOf(stage)
    return observers.every((observer) =>
      struck.every(({ userId }) => observer.of(userId, at).some(({ presence }) => presence === "unknown")),
    )
  },
  async heal(stage) {
    const { observers, struck, complaints, at } = sceneOf(stage)
    await stage.deployment.redis?.start()
    const isBack = () =>
      observers.every((o) => struck.every(({ userId }) => o.of(userId, at).at(-1)?.presence === "online"))
    await waitUntil(`presence to be back ${seconds(TRUTH_MS)} after Redis was`, isBack, TRUTH_MS).catch(
      (error: Error) => complaints.push(error.message),
    )
    // What follows once all have had their time to register anew.
    await delay(GRACE_MS)
  },
  verify(stage) {
    const { observers, struck, spared, at, complaints } = sceneOf(stage)
    for (const observer of observers) {
      const told = [...struck, ...spared].flatMap(({ userId }) => observer.of(userId, at))
      if (told.some(({ presence }) => presence === "offline"))
        complaints.push("somebody who was here was seen as offline")
      const neighbours = spared.filter(({ url }) => url === observer.url)
      if (neighbours.some(({ userId }) => observer.of(userId, at).length > 0))
        complaints.push("one of the same node was not seen to be here all the while")
      const packets = new Set(told.map((one) => one.at)).size
      if (packets > FEW_PACKETS) complaints.push(`a connection was told ${packets} times`)
    }
    complain(complaints)
  },
}

export const presenceSplit: Fault = {
  name: "presence-split",
  modes: ["cluster"],
  settings,
  about:
    "a gateway node is cut off from Redis alone, past its epoch, and back: its people are away, then here, no ghosts",
  atLeastMs: PAST_EPOCH_MS,
  prepare,
  hit(stage) {
    hitNow(stage)
    first(stage).redisLink?.freeze()
  },
  seen(stage) {
    const { observers, struck, at } = sceneOf(stage)
    return observers.every((observer) =>
      struck.every(({ userId }) => observer.of(userId, at).some(({ presence }) => presence === "offline")),
    )
  },
  heal: (stage) => first(stage).redisLink?.thaw(),
  verify(stage) {
    const scene = sceneOf(stage)
    const { observers, struck, spared, at } = scene
    const complaints = sparedStayed(scene)
    if (struck.some(({ connected }) => !connected))
      complaints.push("one of the node that was cut off lost its connection")
    for (const observer of observers)
      for (const { userId } of struck) {
        const told = observer.of(userId, at)
        const [gone] = told
        const order = told.map(({ presence }) => presence).join()
        if (order !== "offline,online")
          complaints.push(`one of the node that was cut off was seen ${order || "always here"}`)
        if (gone && gone.at - at > TRUTH_MS) complaints.push(`they were offline only after ${seconds(gone.at - at)}`)
        if (gone && gone.at - at < GRACE_MS) complaints.push(`they were offline ${seconds(gone.at - at)} later`)
      }
    for (const observer of struck)
      for (const { userId } of spared) {
        // It cannot know of the others, and says so; they never left.
        const order = observer
          .of(userId, at)
          .map(({ presence }) => presence)
          .join()
        if (order !== "unknown,online")
          complaints.push(`the node that was cut off said of others ${order || "nothing"}`)
      }
    complain(complaints)
  },
}
