import { Clients } from "./clients.ts"
import type { Answer, Ask, Opened } from "./crowd-tasks.ts"
import type { Deployment, Mode } from "./deployment.ts"
import { cpuOf, familyOf } from "./measure.ts"
import type { Report } from "./report.ts"

class Crowd extends Clients {
  do<A extends Ask>(ask: A): Promise<Answer<A>> {
    return this.ask(ask) as Promise<Answer<A>>
  }
}

export interface Options {
  deployment: Deployment
  mode: Mode
  report: Report
  quick: boolean
  seconds: number
}

/** A deployment with a crowd that is connected to so many of its nodes. */
export interface Stage extends Options, AsyncDisposable {
  crowd: Crowd
  urls: string[]
  channelIds: string[]
  connectMs: number
  /** CPU of gateways and their stores so far, in ms. */
  cpu(): number
  /** Each client opens one of these channels, in turn; they do so many at a time. */
  openInTurn(channelIds: readonly string[], count: number, lanes?: number): Promise<Opened>
}

const BARE_CHANNELS = Array.from({ length: 56 }, (_, i) => String(1000 + i))

export const openStage = async (
  options: Options,
  { count, nodes }: { count: number; nodes: number },
): Promise<Stage> => {
  const { deployment } = options
  const urls = await deployment.nodes(nodes)
  const { hearth } = deployment
  const crowd = new Crowd("crowd")
  const servers = () => familyOf(process.pid).filter((pid) => pid !== process.pid && pid !== crowd.pid)
  deployment.pinServers(servers())
  const { ms } = await crowd.do({
    task: "connect",
    urls,
    count,
    ...(hearth && { secret: hearth.secret, people: hearth.people.slice(0, count) }),
  })
  return {
    ...options,
    crowd,
    urls,
    channelIds: hearth?.channelIds ?? BARE_CHANNELS,
    connectMs: ms,
    cpu: () => cpuOf(servers()),
    openInTurn: (channelIds, clients, lanes = 50) =>
      crowd.do({
        task: "open",
        channelOf: Array.from({ length: clients }, (_, i) => channelIds[i % channelIds.length] ?? ""),
        lanes,
      }),
    [Symbol.asyncDispose]: () => crowd[Symbol.asyncDispose](),
  }
}
