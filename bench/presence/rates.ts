import type { Place } from "./places.ts"

/** Of all who are here, so many change in a minute. */
export const CHANGING = 0.02

export const changesPerSecond = (people: number): number => (people * CHANGING) / 60

/**
 * How fast people change while it is measured: as they do, or faster, so that there is something to measure; but not so fast that
 * a client would be told of several in one packet more often than it is in fact.
 */
export const measuredPerSecond = ({ members }: Place, rows: number): number =>
  Math.max(changesPerSecond(members), Math.min(20, (0.3 * members) / rows))

/** What a server that tells everybody can be asked to do on one core. */
export const barePerSecond = (place: Place, rows: number): number =>
  Math.min(measuredPerSecond(place, rows), 20_000 / place.connected)

/** At least two: one may be lost in the noise. */
export const countIn = (perSecond: number, seconds: number): number => Math.max(2, Math.round(perSecond * seconds))
