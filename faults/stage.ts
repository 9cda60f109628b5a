import type { Deployment, Node } from "./deployment.ts"
import type { History } from "./history.ts"
import type { Load } from "./load.ts"
import { type Account, Member, type MemberOptions } from "./member.ts"
import type { Place } from "./place.ts"

export interface Settings {
  members: number
  channels: number
  perSecond: number
  length: number
  beforeMs: number
  afterMs: number
  quietMs: number
  /** At most as long lasts a fault that could go on for ever. */
  lastsMs: number
  /** Connections of a crowd. */
  crowd: number
}

/** Where a fault happens: what it may break, and who is there. */
export interface Stage {
  settings: Settings
  deployment: Deployment
  history: History
  owner: Account
  place: Place
  /** All who are members and connected: in the end everybody shows the same. */
  members: Member[]
  /** Some of them write. */
  writers: Member[]
  /** They are no members, and listen. */
  strangers: Member[]
  /** Accounts that are no members yet. */
  newcomers: Account[]
  load: Load
  /** What is to be undone in the end, whatever happens. */
  stack: AsyncDisposableStack
}

export interface Fault {
  name: string
  modes: readonly ("embedded" | "cluster")[]
  about: string
  settings?: Partial<Settings>
  /** How long it lasts at least, also in a short run: what it breaks is noticed only then. */
  atLeastMs?: number
  /** Before the load. */
  prepare?(stage: Stage): Promise<void>
  /** Called while a send is under way; does its harm before it first waits. Not called by the one without a fault. */
  hit?(stage: Stage): void | Promise<void>
  /** Whether its effect can be seen. Asked again and again. */
  seen?(stage: Stage): boolean | Promise<boolean>
  heal?(stage: Stage): void | Promise<void>
  /** When all is quiet: what the history does not say. Throws a sentence. */
  verify?(stage: Stage): void | Promise<void>
}

export const nodeUrls = ({ deployment }: Stage): string[] => deployment.nodes.map(({ url }) => url)

/** A further connection of somebody, which belongs to the run. */
export const addMember = (
  stage: Stage,
  options: Omit<MemberOptions, "note" | "channels" | "secrets"> & Partial<MemberOptions>,
) => {
  const { history, place } = stage
  const member = new Member({
    note: history.of(options.account.userId),
    channels: place.channels,
    secrets: [],
    onMove: () => stage.load.onMove(),
    ...options,
  })
  stage.stack.defer(() => member.stop())
  member.start()
  return member
}

export const until = async (what: string, ms: number, look: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + ms
  while (!(await look())) {
    if (performance.now() > deadline) throw new Error(`waited ${ms / 1000} s in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export interface Readiness {
  ready: boolean
  degraded: string[]
}

/** What a node or the web app says of itself; null: nothing. */
export const readiness = async (url: string): Promise<Readiness | null> => {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1500) })
    const body = (await response.json()) as Partial<Readiness>
    return { ready: response.ok, degraded: body.degraded ?? [] }
  } catch {
    return null
  }
}
export const allReady = async ({ deployment }: Stage): Promise<boolean> => {
  const answers = await Promise.all([deployment, ...deployment.nodes].map(({ url }) => readiness(url)))
  return answers.every((answer) => answer?.ready && answer.degraded.length === 0)
}

export const first = ({ deployment }: Stage): Node => {
  const [node] = deployment.nodes
  if (!node) throw new Error("a deployment without a node")
  return node
}
