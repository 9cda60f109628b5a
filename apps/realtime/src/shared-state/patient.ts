import { setTimeout as delay } from "node:timers/promises"
import { EpochLost, type SharedState } from "../ports.ts"

const PATIENCE_MS = 20_000
const AGAIN_MS = 20

/**
 * For tests that count: on a busy machine Redis may not answer in the half second that a node waits, and people get to be
 * unknown by that. Here it is asked again, which changes nothing: all that it is told may be said twice.
 */
export const patient = (state: SharedState): SharedState => {
  const inTime =
    <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const deadline = Date.now() + PATIENCE_MS
      for (;;) {
        try {
          return await work(...args)
        } catch (error) {
          if (error instanceof EpochLost || Date.now() > deadline) throw error
          await delay(AGAIN_MS)
        }
      }
    }
  return {
    ...state,
    register: inTime(state.register),
    beat: inTime(state.beat),
    nodes: inTime(state.nodes),
    setPresence: inTime(state.setPresence),
    presences: inTime(state.presences),
    reap: inTime(state.reap),
  }
}
