import { loadavg } from "node:os"
import type { Report } from "../report.ts"
import { asUnitCosts, type UnitCosts } from "../scale-model.ts"
import { seedPlaces, type Size } from "./places.ts"
import { measureBare, measureSize, nameOf, type Units } from "./sizes.ts"
import { openStage, type Parts, type Settings } from "./stage.ts"
import { measureUnits } from "./units.ts"

export const FULL: Settings = { seconds: 30, rows: 30, watchers: 100 }
export const SIZES: readonly Size[] = [
  { members: 100, connected: 5000 },
  { members: 10_000, connected: 5000 },
  { members: 500_000, connected: 5000 },
]

/** Each server beside a bare broadcast to as many, and single things in the largest. The order of sizes is theirs. */
export const measurePresence = async (
  parts: Parts,
  sizes: readonly Size[],
  settings: Settings,
  report: Report,
): Promise<{ units: UnitCosts; load: number }> => {
  const units: Units = {}
  let load = 0
  const look = () => {
    load = Math.max(load, loadavg()[0] ?? 0)
  }
  report.say("seeding")
  const places = await seedPlaces(parts.databaseUrl, sizes)
  for (const place of places) {
    report.say(`${nameOf(place)}, ${place.connected} connected`)
    look()
    await measureBare(place, settings, report, units)
    const own = { ...parts, prefix: `${parts.prefix}-${place.members}` }
    await using stage = await openStage(place, own, settings, report)
    const isLast = place === places.at(-1)
    const { connected } = place
    const heroes = isLast
      ? [
          { n: connected - 1, watchers: connected },
          { n: connected - 2, watchers: Math.min(settings.watchers, connected - 1) },
        ]
      : []
    const rested = await measureSize(stage, heroes, units)
    look()
    if (isLast) await measureUnits(stage, heroes, rested, units)
  }
  return { units: asUnitCosts(units), load }
}
