import type { Random } from "@hearth/ui/portrait"

const HOUR = 3_600_000
const DAY = 24 * HOUR

// How much is said at each hour of a day: asleep at four, a little at lunch, most of it in the evening.
const byHour = [4, 2, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 9, 8, 7, 7, 8, 10, 12, 14, 16, 16, 13, 8]
/** Of people who are up at night, or before everybody else. */
const shapes = { day: byHour, night: shift(byHour, 3), early: shift(byHour, -4) }
export type Rhythm = keyof typeof shapes

// From Sunday on.
const byWeekday = [1.15, 0.85, 0.9, 0.95, 1, 1.1, 1.3]

function shift(list: readonly number[], by: number): number[] {
  return list.map((_, i) => list[(i - by + 48) % 24] ?? 0)
}

const most = (rhythm: Rhythm) => Math.max(...shapes[rhythm]) * Math.max(...byWeekday)

/** How lively a moment is, from 0 to 1, in the time of this machine. */
export const liveliness = (at: number, rhythm: Rhythm): number => {
  const date = new Date(at)
  return ((shapes[rhythm][date.getHours()] ?? 0) * (byWeekday[date.getDay()] ?? 1)) / most(rhythm)
}

export interface Span {
  from: number
  to: number
  rhythm: Rhythm
}

/**
 * Moments at which something begins to be said, in order. Days and nights, weeks, and a community that grows; and something of it
 * today, whatever the time of day is.
 */
export const moments = (random: Random, count: number, { from, to, rhythm }: Span): number[] => {
  const all: number[] = []
  const recent = Math.min(Math.ceil(count * 0.03), 12)
  for (let i = 0; i < recent; i++) all.push(to - 10 * 60_000 - random() ** 2 * 9 * HOUR)
  while (all.length < count) {
    // Three times as much at the end as at the beginning.
    const grown = from + (to - 2 * HOUR - from) * ((Math.sqrt(1 + 8 * random()) - 1) / 2)
    if (random() < liveliness(grown, rhythm)) all.push(grown)
  }
  return all.sort((a, b) => a - b)
}

/** How long until the next line of a talk: mostly within a minute or two, now and then after a meal. */
export const pause = (random: Random, length: number): number => {
  const typing = 2000 + length * 60
  const waiting = random() < 0.07 ? random() * 2 * HOUR : -Math.log(1 - random()) * 75_000
  return typing + Math.min(waiting, DAY / 6)
}
