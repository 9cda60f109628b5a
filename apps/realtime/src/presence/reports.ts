import type { Chosen, Shown, Snowflake } from "@hearth/core"
import type { Logger } from "../logger.ts"
import { EpochLost, type SharedState } from "../ports.ts"
import type { Registration } from "../shared-state/registration.ts"
import { strongest } from "./strongest.ts"

export type Reported = Exclude<Shown, "offline" | "unknown">
interface Choice {
  state: Chosen
  version: number
}

interface Local {
  /** What each connection said, and since when it is leaving. */
  reports: Map<string, { shown: Reported; leaving?: NodeJS.Timeout }>
  choice: Choice
  /** How they are seen until the grace is over in which they became invisible: as if their last device had gone. */
  fading?: { shown: Shown; timer: NodeJS.Timeout } | undefined
  /** What the shared state was told; null: nothing, or nobody knows. */
  said: Shown | null
  saying: boolean
}

/** What this node's connections report and their user chose, made one word a user, and kept so in the shared state. */
export interface Reports {
  report(userId: Snowflake, connectionId: string, shown: Reported, choice: Choice): void
  /** How a user wants to be seen, whatever their connections report. An older choice changes nothing. */
  choose(userId: Snowflake, choice: Choice): void
  /** The connection is gone; what it said counts until the grace is over. */
  leave(userId: Snowflake, connectionId: string): void
  /** What this node itself knows of a user; undefined: nothing, or nothing that anybody may know. */
  of(userId: Snowflake): Shown | undefined
  close(): void
}

const RETRY_MS = 1_000

const shownOf = ({ reports, choice, fading }: Local): Shown => {
  if (fading) return fading.shown
  if (choice.state === "invisible") return "offline"
  const { state } = choice
  return strongest([...reports.values()].map((r) => (state === "online" ? r.shown : state)))
}

export const createReports = (deps: {
  sharedState: SharedState
  registration: Registration
  graceMs: number
  /** The shared state has taken a change in. */
  moved: (userIds: readonly Snowflake[]) => void
  /** What this node has to say of them now, also while the shared state does not take it in; the same may come again. */
  isNow: (userId: Snowflake, shown: Shown) => void
  /** Somebody is connected to this node, seen or not; the same may come again. */
  isHere: (userId: Snowflake) => void
  /** Nobody is connected as them any more, which the shared state has taken in: how they are over all nodes. */
  isGone: (userId: Snowflake, overall: Shown) => void
  log: Logger
}): Reports => {
  const { sharedState, registration, graceMs, moved, isNow, isHere, isGone, log } = deps
  const users = new Map<Snowflake, Local>()
  let closed = false

  /** One call at a time for each user, so that the last word is the last to arrive. */
  const say = async (userId: Snowflake, local: Local): Promise<void> => {
    if (closed) return
    isNow(userId, shownOf(local))
    if (local.reports.size > 0) isHere(userId)
    if (local.saying) return
    local.saying = true
    // Nothing new to say: nobody sees them, or they are seen as before.
    let overall: Shown = local.said ?? "offline"
    try {
      for (let now = shownOf(local); now !== local.said && !closed; now = shownOf(local)) {
        overall = await sharedState.setPresence(registration.node(), userId, now)
        local.said = now
        moved([userId])
      }
      if (local.reports.size === 0 && !closed) isGone(userId, overall)
      if (local.reports.size === 0 && !local.fading) users.delete(userId)
    } catch (error) {
      // When the state is back, or the node has a new epoch, everything is said anew.
      local.said = null
      if (error instanceof EpochLost) void registration.check()
      retrying ??= setTimeout(retry, RETRY_MS).unref()
    } finally {
      local.saying = false
    }
  }
  let retrying: NodeJS.Timeout | undefined
  /** One answer that was lost is no outage: nobody else would say it again. */
  const retry = () => {
    retrying = undefined
    if (!registration.healthy()) return
    for (const [userId, local] of users) if (local.said === null) void say(userId, local)
  }

  const sayAll = async (): Promise<void> => {
    for (const local of users.values()) local.said = null
    const entries = [...users]
    const CHUNK = 200
    for (let i = 0; i < entries.length && !closed; i += CHUNK)
      await Promise.all(entries.slice(i, i + CHUNK).map(([userId, local]) => say(userId, local)))
    if (entries.length > 0) log.info({ users: entries.length }, "presence was registered anew")
  }
  const stops = [registration.onRegistered(() => void sayAll()), registration.onHealth(retry)]

  const choose = (userId: Snowflake, local: Local, choice: Choice) => {
    if (choice.version <= local.choice.version) return
    const before = shownOf(local)
    local.choice = choice
    if (choice.state !== "invisible") {
      clearTimeout(local.fading?.timer)
      local.fading = undefined
    } else if (before !== "offline" && !local.fading) {
      const timer = setTimeout(() => {
        local.fading = undefined
        void say(userId, local)
      }, graceMs).unref()
      local.fading = { shown: before, timer }
    }
  }

  return {
    report(userId, connectionId, shown, choice) {
      let local = users.get(userId)
      if (!local) users.set(userId, (local = { reports: new Map(), choice, said: null, saying: false }))
      choose(userId, local, choice)
      // Somebody who is here speaks for themselves: what a connection said that has left is over.
      for (const [id, { leaving }] of local.reports) {
        if (!leaving) continue
        clearTimeout(leaving)
        local.reports.delete(id)
      }
      local.reports.set(connectionId, { shown })
      void say(userId, local)
    },
    choose(userId, choice) {
      const local = users.get(userId)
      if (!local) return
      choose(userId, local, choice)
      void say(userId, local)
    },
    leave(userId, connectionId) {
      const local = users.get(userId)
      const report = local?.reports.get(connectionId)
      if (!local || !report || report.leaving) return
      report.leaving = setTimeout(() => {
        local.reports.delete(connectionId)
        void say(userId, local)
      }, graceMs).unref()
    },
    of(userId) {
      const local = users.get(userId)
      const shown = local && shownOf(local)
      return shown === "offline" ? undefined : shown
    },
    close() {
      closed = true
      clearTimeout(retrying)
      for (const stop of stops) stop()
      for (const { reports, fading } of users.values()) {
        clearTimeout(fading?.timer)
        for (const { leaving } of reports.values()) clearTimeout(leaving)
      }
    },
  }
}
