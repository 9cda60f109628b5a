import { setTimeout as delay } from "node:timers/promises"
import { Clients } from "../clients.ts"
import { pidOf, pin, SECRET, startBaseline, startGateway, stopChild } from "../deployment.ts"
import { familyOf, pssOf } from "../measure.ts"
import { createMeter, type Meter, openRedisMeter, type RedisMeter } from "./meters.ts"
import { type Others, openOthers } from "./others.ts"
import { idOf, peopleOf, type Place } from "./places.ts"
import type { Answer, Ask, Connected, Heard } from "./tasks.ts"
import type { Report } from "../report.ts"

export interface Parts {
  databaseUrl: string
  redisUrl: string
  /** Of all keys. */
  prefix: string
  /** Absent: what PostgreSQL needs is not measured. */
  postgresPid?: number
  /** Servers on one core, clients on the other. */
  pinned?: boolean
}

export interface Settings {
  /** So long is a phase: the sweep of presence, every 30 s, belongs to it. */
  seconds: number
  /** Rows that a client has on its screen. */
  rows: number
  /** How many watch one certain person. */
  watchers: number
}

export class Crowd extends Clients {
  constructor() {
    super("presence/crowd")
  }

  do<A extends Ask>(ask: A): Promise<Answer<A>> {
    return this.ask(ask) as Promise<Answer<A>>
  }
}

const COLLECT_MS = 500

/** Pss of a node, after a collection of garbage. */
export const memoryOf = async (pid: number): Promise<number> => {
  process.kill(pid, "SIGUSR2")
  await delay(COLLECT_MS)
  return pssOf(pid)
}

const TRIES = 4

/** Once more, when packets came for another reason than what is measured: on a busy machine Redis may answer a node too late. */
export const undisturbed = async <T>(
  crowd: Crowd,
  work: () => Promise<T>,
  heardOf: (result: T) => Heard,
): Promise<T> => {
  for (let tries = 1; ; tries++) {
    // Without anything to do, it is waited until everybody knows again how the others are.
    await crowd.do({ task: "change", who: [], count: 0, seconds: 0 })
    const result = await work()
    if (!heardOf(result).disturbed || tries === TRIES) return result
  }
}

/** One node with the connected members of one server, and everybody else of it on a node that is made up. */
export interface Stage extends AsyncDisposable {
  place: Place
  settings: Settings
  report: Report
  url: string
  pid: number
  crowd: Crowd
  meter: Meter
  redis: RedisMeter
  others: Others
  /** The ids of who is not connected here. */
  elsewhere: string[]
  stream: string
  connect(): Promise<Connected>
}

export const openStage = async (place: Place, parts: Parts, settings: Settings, report: Report): Promise<Stage> => {
  const stack = new AsyncDisposableStack()
  try {
    const { databaseUrl, redisUrl, prefix, postgresPid, pinned = false } = parts
    const people = await peopleOf(databaseUrl, place)
    const { child, url } = await startGateway({
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      HEARTH_PREFIX: prefix,
      HEARTH_LINK_PREVIEWS: "off",
    })
    stack.defer(() => stopChild(child))
    const pid = pidOf(child)
    const redis = stack.use(await openRedisMeter(redisUrl))
    const crowd = stack.use(new Crowd())
    const others = stack.use(await openOthers(redisUrl, prefix))
    const postgres = () => (postgresPid === undefined ? [] : familyOf(postgresPid))
    if (pinned) pin(0, pid, redis.pid, ...postgres())
    const owned = stack.move()
    return {
      ...{ place, settings, report, url, pid, redis, crowd, others, stream: `${prefix}:bus` },
      meter: createMeter({ node: pid, redis, postgres }),
      elsewhere: Array.from({ length: place.members - place.connected }, (_, i) => idOf(place, place.connected + i)),
      connect: () => crowd.do({ task: "connect", url, place, people, secret: SECRET }),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

/** A bare Socket.IO server to which as many are connected, and which tells everybody of everything. */
export const openBareStage = async (place: Place) => {
  const stack = new AsyncDisposableStack()
  try {
    const { urls, serverPids } = stack.use(await startBaseline())
    const [url = ""] = urls
    const [pid = 0] = serverPids
    const crowd = stack.use(new Crowd())
    const owned = stack.move()
    return {
      ...{ pid, crowd, meter: createMeter({ node: pid, redis: null, postgres: () => [] }) },
      connect: () => crowd.do({ task: "connect", url, place }),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
