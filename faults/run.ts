import { setTimeout as delay } from "node:timers/promises"
import { waitUntil } from "@hearth/testing"
import { inLanes } from "@hearth/testing/in-lanes"
import { check, type Verdict } from "./checker.ts"
import type { Deployment, Mode } from "./deployment.ts"
import { createHistory, type HistoryEvent, type Row } from "./history.ts"
import { startLoad } from "./load.ts"
import type { Account } from "./member.ts"
import { join, newPlace, secretsOf } from "./place.ts"
import { addMember, type Fault, nodeUrls, notReady, type Settings, type Stage } from "./stage.ts"
import { pageAll, readStored } from "./truth.ts"
import { usedAfter } from "./used.ts"

export interface Cast {
  owner: Account
  accounts: Account[]
  strangers: Account[]
  newcomers: Account[]
}

export interface Result extends Omit<Verdict, "violations"> {
  fault: string
  mode: Mode
  /** From the end of the fault (a store answers whoever asks it anew) until every writer had an ack again. */
  usedMs: number | null
  /** From then, too, until everybody and every node is back, and all that was written in the meantime is answered. */
  recoverMs: number | null
  /** The longest that a send had to wait for its ack. */
  worstAckMs: number
  ok: boolean
  /** Why not; the first ones. */
  complaints: string[]
  /** Of a first try that broke no rule but did not come to its end. */
  firstTry?: string[]
}
export interface Outcome {
  result: Result
  /** A rule of the history was broken: never a matter of luck. */
  broken: boolean
  events: HistoryEvent[]
}

const REMOVAL_MS = 1000
/** Enough to see what is wrong; the rest is in the history. */
const COMPLAINTS = 12
const RECOVER_MS = 60_000
const CONVERGE_MS = 25_000
const SEEN_MS = 120_000
const GIVE_UP_MS = 10_000

/** One fault under load, and what the checker says to it. */
export const runFault = async (fault: Fault, deployment: Deployment, cast: Cast, given: Settings): Promise<Outcome> => {
  await using stack = new AsyncDisposableStack()
  const settings = { ...given, ...fault.settings }
  const stage = await setStage(deployment, cast, settings, stack)
  const { history, place, members, strangers } = stage
  const complaints: string[] = []
  const note = history.of("faults")

  await fault.prepare?.(stage)
  await waitUntil("everybody to have come", () => members.every((m) => m.connected), RECOVER_MS)
  const running = startLoad({ ...settings, writers: stage.writers, channels: place.channels, note })
  stage.load = running
  await delay(settings.beforeMs)
  let recoverMs: number | null = null
  if (fault.hit) {
    await running.momentUnderWay()
    note({ type: "fault", stage: "hit", what: fault.about })
    const hitting = Promise.try(() => fault.hit?.(stage))
    hitting.catch(() => {})
    const over = new AbortController()
    let seen = fault.seen === undefined
    const seeing = watch(fault, stage, over.signal).then((is) => {
      seen ||= is
      if (is) note({ type: "fault", stage: "seen", what: fault.name })
    })
    await delay(Math.max(settings.lastsMs, fault.atLeastMs ?? 0))
    // What a busy machine is slow to feel lasts until it is felt.
    await waitUntil("the fault to be seen", () => seen, SEEN_MS).catch(() => {})
    await hitting
    await fault.heal?.(stage)
    note({ type: "fault", stage: "healed", what: fault.name })
    const recovered = await recovery(stage)
    if (typeof recovered === "string") complaints.push(recovered)
    else recoverMs = recovered
    over.abort()
    await seeing
  }
  await peek(stage)
  await delay(settings.afterMs)
  await running.stop()
  await waitUntil("all that was written to be answered", () => running.waiting() === 0, RECOVER_MS).catch(
    async (error: Error) => {
      complaints.push(error.message)
      // What is still written would make every screen look wrong.
      for (const member of stage.writers) member.giveUp()
      await waitUntil("the last answers", () => running.waiting() === 0, GIVE_UP_MS).catch(() => {})
    },
  )
  complaints.push(...(await settle(stage)))
  await peek(stage)
  complaints.push(...(await complaintsOf(fault, stage)))
  for (const member of members) member.render()
  const writers = stage.writers.map(({ userId }) => userId)
  const worstAckMs = Math.max(...stage.writers.map((m) => m.worstMs))
  await Promise.all([...members, ...strangers].map((member) => member.stop()))

  const paged = new Map<string, Row[]>()
  for (const channel of place.channels) paged.set(channel, await pageAll(cast.owner.api, channel))
  const stored = await readStored(deployment, place.channels)
  const rules = { removalMs: fault.removalMs ?? REMOVAL_MS, faulty: fault.hit !== undefined }
  const { violations, ...counts } = check(history.events, { paged, stored }, rules)
  complaints.push(...violations.map(({ rule, text }) => `${rule}: ${text}`))
  const ok = complaints.length === 0
  const result = {
    fault: fault.name,
    mode: deployment.mode,
    ...counts,
    usedMs: usedAfter(history.events, writers),
    recoverMs,
    worstAckMs,
    ok,
    complaints: complaints.slice(0, COMPLAINTS),
  }
  return { result, broken: violations.length > 0, events: history.events }
}

const setStage = async (
  deployment: Deployment,
  { owner, accounts, strangers, newcomers }: Cast,
  settings: Settings,
  stack: AsyncDisposableStack,
): Promise<Stage> => {
  const place = await newPlace(owner, settings.channels)
  const history = createHistory()
  const stage: Stage = {
    ...{ settings, deployment, history, owner, place, stack, newcomers },
    ...{ members: [], writers: [], strangers: [], load: noLoad },
  }
  const come = async (account: Account) => {
    await join(account, place)
    history.of(account.userId)({ type: "joined" })
  }
  const who = accounts.slice(0, settings.members)
  await inLanes(who, 4, come)
  stage.members = who.map((account, first) => addMember(stage, { account, first, nodes: () => nodeUrls(stage) }))
  stage.writers = [...stage.members]
  const secrets = secretsOf(place)
  stage.strangers = strangers.map((account, first) =>
    addMember(stage, { account, first, nodes: () => nodeUrls(stage), secrets }),
  )
  return stage
}

/** Before the load there is nothing to wait for. */
const noLoad: Stage["load"] = {
  waiting: () => 0,
  onMove: () => {},
  momentUnderWay: () => Promise.resolve(),
  stop: () => Promise.resolve(),
}

const watch = async (fault: Fault, stage: Stage, signal: AbortSignal): Promise<boolean> => {
  while (!signal.aborted) {
    if (await fault.seen?.(stage)) return true
    await delay(50)
  }
  return false
}

/** How long it took, or what was still missing in the end. */
const recovery = async (stage: Stage): Promise<number | string> => {
  const began = performance.now()
  let waiting = true
  void Promise.all(stage.writers.map((member) => member.caughtUp())).then(() => (waiting = false))
  let missing: string[] = []
  const back = async () => {
    const away = stage.members.filter((m) => !m.connected).length
    missing = await notReady(stage)
    if (away > 0) missing.push(`${away} members are away`)
    if (waiting) missing.push("messages from before are not answered")
    return missing.length === 0
  }
  return waitUntil("everybody to be back", back, RECOVER_MS).then(
    () => Math.round(performance.now() - began),
    () => `after ${RECOVER_MS / 1000} s: ${missing.join(", ")}`,
  )
}

/** Waits until everybody shows what was acked, and then for what might still come. */
const settle = async ({ history, members, settings }: Stage): Promise<string[]> => {
  const heads = new Map<string, number>()
  for (const event of history.events)
    if (event.type === "ack") heads.set(event.channel, Math.max(heads.get(event.channel) ?? 0, event.seq))
  const shown = () =>
    members.every((m) => m.options.channels.every((channel) => m.shows(channel, heads.get(channel) ?? 0)))
  const complaint = await waitUntil("everybody to show everything", shown, CONVERGE_MS).then(
    () => [],
    (error: Error) => [error.message],
  )
  await delay(settings.quietMs)
  return complaint
}

/** What `verify` throws is the fault's complaint, whether it throws at once or later. */
export const complaintsOf = (fault: Fault, stage: Stage): Promise<string[]> =>
  Promise.try(() => fault.verify?.(stage)).then(
    () => [],
    (error: Error) => [error.message],
  )

/** Strangers try the other door, too. */
const peek = async ({ strangers, place, history }: Stage): Promise<void> => {
  for (const { options } of strangers)
    for (const channel of place.channels) {
      const read = await options.account.api.query("message.page", { channelId: channel }).catch(() => null)
      if (read) history.of(options.account.userId)({ type: "received", channel, via: "history" })
    }
}
