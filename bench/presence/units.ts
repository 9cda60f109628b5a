import type { PacketFeature } from "../../apps/realtime/src/packet-counts.ts"
import { during } from "../scrape.ts"
import { unseenOf, viewportOf } from "./places.ts"
import { nameOf, type Units } from "./sizes.ts"
import type { Spent } from "./meters.ts"
import { type Stage, undisturbed } from "./stage.ts"

const SWEEP_S = 30
const READERS = 8
const packetsOf = (feature: PacketFeature) => `hearth_packets_total{feature="${feature}"}`

/** Each thing alone, many times: what the model multiplies. */
export const measureUnits = async (
  stage: Stage,
  heroes: { n: number; watchers: number }[],
  rested: { idleMs: number; idleRedisMs: number; restingMs: number },
  units: Units,
): Promise<void> => {
  const mode = "cluster"
  const { place, settings, report, crowd, meter, redis, others, elsewhere, url, stream } = stage
  const { rows } = settings
  const seconds = Math.min(10, settings.seconds)
  const name = nameOf(place)
  const beyond = ({ nodeMs, redisMs, seconds: took }: Spent<unknown>) => ({
    nodeUs: Math.max(0, nodeMs - rested.idleMs * took) * 1000,
    redisUs: Math.max(0, redisMs - rested.idleRedisMs * took) * 1000,
  })

  const shown = new Set<number>()
  for (let client = 0; client < place.connected; client++) for (const n of viewportOf(place, client, rows)) shown.add(n)
  // Everybody who is shown is read again in each sweep, a part of them each second: a phase has its share of one.
  const swept = (shown.size * settings.seconds) / SWEEP_S
  units.sweepNodeUs = (Math.max(0, rested.idleMs - rested.restingMs) * 1000 * settings.seconds) / Math.max(1, swept)

  // People whom nobody here shows, and of whom nothing changed: what a bell costs by itself.
  const strangers = elsewhere.filter((_, i) => !shown.has(place.connected + i))
  const ring = (each: number, perSecond: number) => {
    const count = Math.max(2, Math.round(perSecond * seconds))
    return meter
      .spend(() => others.ring(strangers, each, count, seconds))
      .then((spent) => ({
        nodeUs: beyond(spent).nodeUs / count,
        redisUs: beyond(spent).redisUs / count,
      }))
  }
  const small = await ring(1, 400)
  const large = await ring(100, 100)
  const stop = await redis.addReaders(stream, READERS)
  const read = await ring(1, 400)
  stop()
  units.bellNodeUs = small.nodeUs
  units.bellPersonNodeUs = Math.max(0, large.nodeUs - small.nodeUs) / 99
  units.redisReaderUs = Math.max(0, read.redisUs - small.redisUs) / READERS
  // Two read all the while: the node, and who rings.
  units.redisBellUs = Math.max(0, small.redisUs - 2 * units.redisReaderUs)

  const times = Math.round(50 * seconds)
  const one = await meter.spend(() => others.read(elsewhere, 1, 10 * times))
  const many = await meter.spend(() => others.read(elsewhere, 500, times))
  const oneUs = beyond(one).redisUs / (10 * times)
  units.redisReadPersonUs = Math.max(0, beyond(many).redisUs / times - oneUs) / 499
  units.redisReadUs = Math.max(0, oneUs - units.redisReadPersonUs)

  const unseen = unseenOf(place, rows).filter((n) => !heroes.some((hero) => hero.n === n))
  const own = await meter.spend(() =>
    crowd.do({ task: "change", who: unseen, count: Math.round(100 * seconds), seconds }),
  )
  units.changeNodeUs = beyond(own).nodeUs / Math.max(1, own.result.changes)

  for (const { n, watchers } of heroes) {
    const count = Math.max(1, Math.round(seconds / 2))
    const spent = await undisturbed(
      crowd,
      () =>
        meter.spend(() =>
          during([url], [packetsOf("presence"), packetsOf("members")], () =>
            crowd.do({ task: "change", who: [n], count, seconds: count * 2, expected: watchers * count }),
          ),
        ),
      ({ result }) => result.result,
    )
    const { result, rose } = spent.result
    const [presence = 0, members = 0] = rose
    const title = `one of ${name} changes, ${watchers.toLocaleString("en-US")} watch`
    report.add(mode, `packets, ${title}`, presence / count, "packets", place.connected)
    if (presence !== watchers * count || result.packets !== presence || members > 0)
      report.warn(`${title}: ${presence} packets left and ${result.packets} came, of ${watchers * count}`)
    if (watchers === place.connected) {
      units.packetNodeUs = beyond(spent).nodeUs / Math.max(1, presence)
      units.packetBytes = result.bytes / Math.max(1, result.packets)
    }
  }
}
