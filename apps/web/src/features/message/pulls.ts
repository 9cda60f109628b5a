import type { EventPayload, Snowflake } from "@hearth/core"

/** A quarter sooner or later: those who came together do not ask together. */
const SPREAD = 0.25

/**
 * Channels that so many look at that nothing is pushed: what is new is asked for, as long as somebody looks at this
 * window. `pull` asks, and answers false when the channel is not open any more.
 */
export const createPulls = (pull: (channelId: Snowflake) => boolean, random = Math.random) => {
  const timers = new Map<Snowflake, { everyMs: number; timer: ReturnType<typeof setTimeout>; last?: true }>()

  const stop = (channelId: Snowflake): void => {
    clearTimeout(timers.get(channelId)?.timer)
    timers.delete(channelId)
  }

  const next = (channelId: Snowflake, everyMs: number): void => {
    clearTimeout(timers.get(channelId)?.timer)
    const wait = everyMs * (1 - SPREAD + 2 * SPREAD * random())
    timers.set(channelId, { everyMs, timer: setTimeout(() => turn(channelId, everyMs), wait) })
  }

  const turn = (channelId: Snowflake, everyMs: number): void => {
    // Who does not look asks nothing, and at once when they look again.
    if (document.visibilityState !== "visible" || pull(channelId)) next(channelId, everyMs)
    else stop(channelId)
  }

  const onVisible = (): void => {
    if (document.visibilityState !== "visible") return
    for (const [channelId, { everyMs, last }] of timers) {
      if (!last) turn(channelId, everyMs)
      else {
        stop(channelId)
        pull(channelId)
      }
    }
  }
  document.addEventListener("visibilitychange", onVisible)

  return {
    told({ channelId, everyMs }: EventPayload<"channel:pull">): void {
      const before = timers.get(channelId)
      if (everyMs !== null) return next(channelId, everyMs)
      if (!before) return
      // What was written since the last time is not pushed any more.
      clearTimeout(before.timer)
      timers.set(channelId, {
        everyMs: before.everyMs,
        last: true,
        timer: setTimeout(() => {
          stop(channelId)
          pull(channelId)
        }, random() * before.everyMs),
      })
    },
    forget: stop,
    /** The connection ended: the next one begins pushed. */
    offline(): void {
      for (const channelId of [...timers.keys()]) stop(channelId)
    },
    stop(): void {
      document.removeEventListener("visibilitychange", onVisible)
      for (const channelId of [...timers.keys()]) stop(channelId)
    },
  }
}
