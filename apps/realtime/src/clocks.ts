import { steadyNow } from "@hearth/core"

/** Three kinds of time, so that nobody takes one for another. All in ms. */
export interface Clocks {
  /** Unix time by the database's clock, which all nodes share: for what is stored, signed or due. */
  now(): number
  /** Only ever goes on: for how long something lasts. Whole ms, which is what goes out. */
  steady(): number
  /** This machine's own, which somebody may turn, and which a machine that slept finds ahead of the steady one. */
  wall(): number
  /** Asks for the database's time, when it is due: now and then, and at once when the wall clock has jumped. */
  sync(ask: () => Promise<number>): Promise<void>
}

const EVERY_MS = 10_000
const JUMP_MS = 250

/** The time of tests: one clock for everything, moved by hand. */
const given = (clock: () => number): Clocks => ({ now: clock, steady: clock, wall: clock, sync: async () => {} })

/**
 * A node keeps time by PostgreSQL's clock. Where its own is right, nothing ever changes: an answer that took a while tells the
 * time only so well, and what it cannot prove wrong stays.
 */
export const createClocks = (
  clock?: () => number,
  { wall = Date.now, steady = steadyNow }: Partial<Pick<Clocks, "wall" | "steady">> = {},
): Clocks => {
  if (clock) return given(clock)
  const ahead = () => wall() - steady()
  let offset = ahead()
  let wallAhead = offset
  let askedAt = Number.NEGATIVE_INFINITY

  return {
    now: () => Math.round(steady() + offset),
    steady: () => Math.round(steady()),
    wall,
    async sync(ask) {
      const sentAt = steady()
      const before = wallAhead
      wallAhead = ahead()
      if (sentAt - askedAt < EVERY_MS && Math.abs(wallAhead - before) < JUMP_MS) return
      // Whoever gets no answer asks again, though no jump will be seen then.
      askedAt = Number.NEGATIVE_INFINITY
      const time = await ask()
      const doubt = (steady() - sentAt) / 2
      const measured = time - sentAt - doubt
      if (Math.abs(measured - offset) > doubt) offset = measured
      askedAt = sentAt
    },
  }
}
