/** What single things cost, as `npm run bench:presence` measures them. */
export const unitCosts = {
  kbPerConnection: "memory of a connection, without what it watches (KB)",
  kbPerWatchedRow: "memory of each person that a connection watches (KB)",
  idleNodeUs: "node: a connection that rests, each second (µs)",
  connectNodeMs: "node: a connection that is opened (ms)",
  connectPostgresMs: "PostgreSQL: a connection that is opened (ms)",
  watchNodeMs: "node: one `presence:watch` of a screen (ms)",
  watchPostgresMs: "PostgreSQL: whether a screen may be watched (ms)",
  changeNodeUs: "node: a person of its own changes, nobody watches (µs)",
  packetNodeUs: "node: one packet of presence to one who watches (µs)",
  packetBytes: "bytes of such a packet, without what frames it",
  bellNodeUs: "node: a bell of another node, read and looked at (µs)",
  bellPersonNodeUs: "node: each further person whom a bell names (µs)",
  sweepNodeUs: "node: a watched person, read anew (µs)",
  redisSetUs: "Redis: how somebody is, said by their node (µs)",
  redisBellUs: "Redis: a bell, taken in (µs)",
  redisReaderUs: "Redis: a bell, handed to one node (µs)",
  redisReadUs: "Redis: a question how people are (µs)",
  redisReadPersonUs: "Redis: each person in such a question (µs)",
  redisBytesPerPerson: "Redis: memory of somebody who is here (bytes)",
  broadcastPacketUs: "a bare broadcast: one packet (µs)",
} as const
export type UnitCosts = Record<keyof typeof unitCosts, number>

export const asUnitCosts = (some: Partial<Record<keyof UnitCosts, unknown>>): UnitCosts => {
  const costs = {} as UnitCosts
  for (const name of Object.keys(unitCosts) as (keyof UnitCosts)[]) {
    const cost = some[name]
    if (typeof cost !== "number" || !Number.isFinite(cost) || cost < 0)
      throw new Error(`There is no measured cost ${name}.`)
    costs[name] = cost
  }
  return costs
}

export interface Assumptions {
  people: number
  devices: number
  changingAMinute: number
  rows: number
  watchesAMinute: number
  sessionMinutes: number
  headroom: number
  nodeGb: number
  frameBytes: number
  sweepSeconds: number
  gathersASecond: number
  server: number
}
export const assumptions: Assumptions = {
  people: 1_000_000,
  devices: 1.2,
  changingAMinute: 0.02,
  rows: 30,
  watchesAMinute: 1,
  sessionMinutes: 60,
  headroom: 0.5,
  nodeGb: 1.5,
  frameBytes: 70,
  sweepSeconds: 30,
  gathersASecond: 10,
  server: 500_000,
}

/** What a part of the whole has to do in a second: a cell is one Redis and its nodes. */
interface Cell {
  people: number
  connections: number
  nodes: number
}

const loadOf = ({ people, connections, nodes }: Cell, a: Assumptions) => {
  const perNode = connections / nodes
  const changes = (people * a.changingAMinute) / 60
  const packets = (changes * a.rows * connections) / people
  const bells = Math.min(nodes * a.gathersASecond, changes)
  /** People of the cell who are on a screen of one node, when all screens are independent of each other. */
  const shown = people * (1 - Math.exp((-perNode * a.rows) / people))
  const shownPart = shown / people
  return {
    perNode,
    changes,
    packets,
    bells,
    shown,
    shownPart,
    opens: connections / (a.sessionMinutes * 60),
    watches: (connections * a.watchesAMinute) / 60,
  }
}

/** In processors: 1 is a whole core. */
export const nodeCores = (cell: Cell, u: UnitCosts, a: Assumptions) => {
  const { perNode, changes, packets, bells, shown, shownPart, opens, watches } = loadOf(cell, a)
  const others = (cell.nodes - 1) / cell.nodes
  const us = {
    resting: perNode * u.idleNodeUs,
    opening: (opens / cell.nodes) * u.connectNodeMs * 1000,
    watching: (watches / cell.nodes) * u.watchNodeMs * 1000,
    changing: (changes / cell.nodes) * u.changeNodeUs,
    packets: (packets / cell.nodes) * u.packetNodeUs,
    bells: others * (bells * u.bellNodeUs + changes * u.bellPersonNodeUs),
    reading: (changes * shownPart + shown / a.sweepSeconds) * u.sweepNodeUs,
  }
  const sum = Object.values(us).reduce((total, part) => total + part, 0)
  return { us, cores: sum / 1e6 }
}

export const redisCores = (cell: Cell, u: UnitCosts, a: Assumptions) => {
  const { changes, bells, shown, shownPart, opens, watches } = loadOf(cell, a)
  const us = {
    saying: (changes + 2 * opens) * u.redisSetUs,
    ringing: bells * (u.redisBellUs + cell.nodes * u.redisReaderUs),
    reading:
      cell.nodes *
      (Math.min(a.gathersASecond, changes * shownPart) * u.redisReadUs + changes * shownPart * u.redisReadPersonUs),
    watching: watches * (u.redisReadUs + a.rows * u.redisReadPersonUs),
    // In parts, one each second: each is a question by itself, or several of 500 people.
    sweeping:
      cell.nodes *
      ((shown / a.sweepSeconds) * u.redisReadPersonUs + Math.max(1, shown / a.sweepSeconds / 500) * u.redisReadUs),
  }
  const sum = Object.values(us).reduce((total, part) => total + part, 0)
  return { us, cores: sum / 1e6 }
}

const MOST_NODES = 2_000

/** The fewest nodes of a cell that hold its connections with room to spare. null: bells alone fill a node. */
const nodesOf = (people: number, connections: number, u: UnitCosts, a: Assumptions): number | null => {
  const kb = u.kbPerConnection + a.rows * u.kbPerWatchedRow
  const first = Math.max(1, Math.ceil((connections * kb) / (a.nodeGb * 1024 * 1024)))
  for (let nodes = first; nodes <= MOST_NODES; nodes++)
    if (nodeCores({ people, connections, nodes }, u, a).cores <= a.headroom) return nodes
  return null
}

export interface Scale {
  connections: number
  cells: number
  nodesACell: number
  connectionsANode: number
  node: ReturnType<typeof nodeCores>
  redis: ReturnType<typeof redisCores>
  redisGb: number
  changes: number
  packets: number
  packetsANode: number
  gigabits: number
  opens: number
  watches: number
  postgresCores: number
  broadcastPackets: number
  broadcastCores: number
}

/** How much it takes, in as few cells as bear it. */
export const scale = (u: UnitCosts, a: Assumptions = assumptions): Scale => {
  const connections = a.people * a.devices
  for (let cells = 1; cells <= 1000; cells++) {
    const people = a.people / cells
    const nodes = nodesOf(people, connections / cells, u, a)
    if (nodes === null) continue
    const cell = { people, connections: connections / cells, nodes }
    const redis = redisCores(cell, u, a)
    if (redis.cores > a.headroom) continue
    const { changes, packets, opens, watches, perNode } = loadOf(cell, a)
    const broadcastPackets = ((a.people * a.changingAMinute) / 60) * Math.min(a.server, a.people) * a.devices
    return {
      ...{ connections, cells, nodesACell: nodes, connectionsANode: perNode, redis },
      node: nodeCores(cell, u, a),
      redisGb: (people * u.redisBytesPerPerson) / 1024 ** 3,
      changes: changes * cells,
      packets: packets * cells,
      packetsANode: packets / nodes,
      gigabits: (packets * cells * (u.packetBytes + a.frameBytes) * 8) / 1e9,
      opens: opens * cells,
      watches: watches * cells,
      postgresCores: (watches * cells * u.watchPostgresMs + opens * cells * u.connectPostgresMs) / 1000,
      broadcastPackets,
      broadcastCores: (broadcastPackets * u.broadcastPacketUs) / 1e6,
    }
  }
  throw new Error("No number of cells bears that.")
}
