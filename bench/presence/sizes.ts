import type { Report } from "../report.ts"
import { barePerSecond, changesPerSecond, countIn, measuredPerSecond } from "./rates.ts"
import { idOf, type Place } from "./places.ts"
import { memoryOf, openBareStage, type Settings, type Stage, undisturbed } from "./stage.ts"
import type { UnitCosts } from "../scale-model.ts"

export const nameOf = ({ members }: Place): string => `${members.toLocaleString("en-US")} members`

/** Processors are counted in hundredths of a second, and memory moves by itself: less than this says nothing. */
const SAYS_MS = 100
const SAYS_CONNECTIONS = 1000

/** What was measured on the way, and the model needs. */
export type Units = Partial<UnitCosts>

/** The same change, told to everybody of the server who is connected. */
export const measureBare = async (place: Place, { rows, seconds }: Settings, report: Report, units: Units) => {
  const mode = "baseline"
  await using stage = await openBareStage(place)
  const { crowd, meter, pid } = stage
  const before = await memoryOf(pid)
  await stage.connect()
  const kb = ((await memoryOf(pid)) - before) / place.connected / 1024
  if (place.connected >= SAYS_CONNECTIONS) report.add(mode, `memory a connection, ${nameOf(place)}`, kb, "KB")
  const perSecond = barePerSecond(place, rows)
  const who = Array.from({ length: place.connected }, (_, n) => n)
  const lasting = Math.min(seconds, 10)
  const count = countIn(perSecond, lasting)
  const spent = await meter.spend(() =>
    crowd.do({ task: "change", who, count, seconds: lasting, expected: count * place.connected }),
  )
  const { changes, packets, bytes } = spent.result
  const changing = changesPerSecond(place.members)
  report.add(mode, `packets a change, ${nameOf(place)}`, packets / changes, "packets")
  report.add(mode, `bytes a change, ${nameOf(place)}`, bytes / changes, "bytes")
  units.broadcastPacketUs = (spent.nodeMs * 1000) / packets
  report.add(mode, `packets at 2 % a minute, ${nameOf(place)}`, (changing * packets) / changes, "packets/s")
  if (spent.nodeMs < SAYS_MS) return
  report.add(mode, `node CPU a change, ${nameOf(place)}`, (spent.nodeMs * 1000) / changes, "µs")
  report.add(
    mode,
    `node CPU at 2 % a minute, ${nameOf(place)}`,
    (changing * spent.nodeMs) / changes / 10,
    "% of a core",
  )
}

/** People come, look at each other, rest, and change: what that costs a node and its stores. */
export const measureSize = async (stage: Stage, heroes: { n: number; watchers: number }[], units: Units) => {
  const mode = "cluster"
  const { place, settings, report, crowd, meter, redis, others, elsewhere, pid } = stage
  const { rows, seconds } = settings
  const name = nameOf(place)
  const { connected } = place

  const bytesBefore = await redis.bytes()
  const coming = await meter.spend(() => others.come(elsewhere))
  if (elsewhere.length > 0) {
    units.redisSetUs = (coming.redisMs * 1000) / elsewhere.length
    units.redisBytesPerPerson = Math.max(0, (await redis.bytes()) - bytesBefore) / elsewhere.length
  }
  const pssBefore = await memoryOf(pid)
  const connecting = await meter.spend(() => stage.connect())
  await others.see(Array.from({ length: connected }, (_, n) => idOf(place, n)))
  const pssConnected = await memoryOf(pid)
  const resting = await meter.spend(() => crowd.do({ task: "change", who: [], count: 0, seconds: seconds / 2 }))
  const watching = await meter.spend(() => crowd.do({ task: "watch", rows, heroes }))
  const pssWatching = await memoryOf(pid)
  const { told, here } = watching.result
  if (here < told) report.warn(`${name}: ${told - here} of ${told} were not seen to be here`)

  if (connected >= SAYS_CONNECTIONS) {
    const kb = (from: number) => (pssWatching - from) / connected / 1024
    report.add(mode, `memory a connection, ${name}`, kb(pssBefore), "KB")
    report.add(mode, `of that for ${rows} watched, ${name}`, kb(pssConnected), "KB")
    report.add(mode, `node CPU a connection that is opened, ${name}`, connecting.nodeMs / connected, "ms")
    report.add(mode, `PostgreSQL CPU a connection that is opened, ${name}`, connecting.postgresMs / connected, "ms")
    report.add(mode, `node CPU a watch of ${rows}, ${name}`, watching.nodeMs / connected, "ms")
    report.add(mode, `PostgreSQL CPU a watch of ${rows}, ${name}`, watching.postgresMs / connected, "ms")
  }

  const idle = await undisturbed(
    crowd,
    () => meter.spend(() => crowd.do({ task: "change", who: [], count: 0, seconds })),
    (spent) => spent.result,
  )
  const idleMs = idle.nodeMs / idle.seconds
  const idleRedisMs = idle.redisMs / idle.seconds
  report.add(mode, `node CPU of resting, ${name}`, idleMs / 10, "% of a core")
  report.add(mode, `Redis CPU of resting, ${name}`, idleRedisMs / 10, "% of a core")
  report.add(mode, `Redis operations of resting, ${name}`, idle.redisCalls / idle.seconds, "operations/s")
  if (idle.result.packets > 0) report.warn(`${name}: ${idle.result.packets} packets while nobody changed`)

  const all = countIn(measuredPerSecond(place, rows), seconds)
  const local = Math.max(1, Math.round((all * connected) / place.members))
  const spread = (length: number, count: number, stride: number) =>
    Array.from({ length: Math.min(length, count) }, (_, i) => (i * stride) % length)
  const spent = await meter.spend(async () => {
    const [heard] = await Promise.all([
      crowd.do({ task: "change", who: spread(connected - heroes.length, local, 7919), count: local, seconds }),
      others.change(
        spread(elsewhere.length, all - local, 104_729).map((n) => elsewhere[n] ?? ""),
        all - local,
        seconds,
      ),
    ])
    return heard
  })
  const { packets, bytes, seen } = spent.result
  const per = (sum: number) => Math.max(0, sum) / all
  const changing = changesPerSecond(place.members)
  const nodeUs = per(spent.nodeMs - idleMs * spent.seconds) * 1000
  report.add(mode, `packets a change, ${name}`, per(packets), "packets")
  report.add(mode, `bytes a change, ${name}`, per(bytes), "bytes")
  report.add(mode, `packets at 2 % a minute, ${name}`, changing * per(packets), "packets/s")
  if (spent.nodeMs >= SAYS_MS) {
    report.add(mode, `node CPU a change, ${name}`, nodeUs, "µs")
    report.add(mode, `node CPU at 2 % a minute, ${name}`, (changing * nodeUs) / 10_000, "% of a core")
    report.add(mode, `Redis CPU a change, ${name}`, per(spent.redisMs - idleRedisMs * spent.seconds) * 1000, "µs")
  }
  report.add(
    mode,
    `Redis operations a change, ${name}`,
    per(spent.redisCalls - (idle.redisCalls / idle.seconds) * spent.seconds),
    "operations",
  )
  if (seen.count > 0) report.add(mode, `from a change to a screen p95, ${name}`, seen.p95, "ms")

  units.kbPerConnection = Math.max(0, pssConnected - pssBefore) / connected / 1024
  units.kbPerWatchedRow = Math.max(0, pssWatching - pssConnected) / connected / 1024 / Math.min(rows, place.members)
  units.connectNodeMs = connecting.nodeMs / connected
  units.connectPostgresMs = connecting.postgresMs / connected
  units.watchNodeMs = watching.nodeMs / connected
  units.watchPostgresMs = watching.postgresMs / connected
  units.idleNodeUs = ((resting.nodeMs / resting.seconds) * 1000) / connected
  return { idleMs, idleRedisMs, restingMs: resting.nodeMs / resting.seconds }
}
