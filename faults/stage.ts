import type { Deployment, Node } from "./deployment.ts"
import type { History } from "./history.ts"
import type { Load } from "./load.ts"
import { type Account, Member, type MemberOptions } from "./member.ts"
import type { Place } from "./place.ts"

export interface Settings {
  members: number
  channels: number
  perSecond: number
  /** Put behind the text of each message. */
  filling: string
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
  /** How many nodes of Cassandra it needs. One, when not said. */
  cassandras?: number
  /** It begins with programs of an older checkout. */
  older?: true
  settings?: Partial<Settings>
  /** How long it lasts at least, also in a short run: what it breaks is noticed only then. */
  atLeastMs?: number
  /** How long after a removal something may still arrive. A second, when not said. */
  removalMs?: number
  /** Too long for everybody: it runs when it is named. */
  onDemand?: true
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

export interface Readiness {
  ready: boolean
  degraded: string[]
  because: string[]
}

/** What a node or the web app says of itself; null: nothing. */
export const readiness = async (url: string): Promise<Readiness | null> => {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1500) })
    const { degraded = [], because = [] } = (await response.json()) as Partial<Readiness>
    return { ready: response.ok, degraded, because: [...because, ...degraded] }
  } catch {
    return null
  }
}
/** Who of the nodes and the web app is not well, and why. */
export const notReady = async ({ deployment }: Stage): Promise<string[]> => {
  const programs = [{ name: "the web app", url: deployment.url }, ...deployment.nodes]
  const answers = await Promise.all(programs.map(({ url }) => readiness(url)))
  return programs.flatMap(({ name }, i) => {
    const answer = answers[i]
    if (!answer) return `${name} does not answer`
    if (!answer.ready || answer.degraded.length > 0) return `${name} is not well: ${answer.because.join(" ")}`
    return []
  })
}

/** A number of the metrics of all nodes together. */
export const counted = async (stage: Stage, metric: string): Promise<number> => {
  let sum = 0
  for (const url of nodeUrls(stage)) {
    const text = await fetch(`${url}/metrics`).then(
      (response) => response.text(),
      () => "",
    )
    sum += Number(new RegExp(`^${metric} (\\d+)$`, "m").exec(text)?.[1] ?? 0)
  }
  return sum
}

export const first = ({ deployment }: Stage): Node => {
  const [node] = deployment.nodes
  if (!node) throw new Error("a deployment without a node")
  return node
}
