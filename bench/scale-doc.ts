import type { Row } from "./report.ts"
import { type Assumptions, assumptions, scale, unitCosts, type UnitCosts } from "./scale-model.ts"

/** What `npm run bench:presence -- --docs` keeps in docs/scale.json. */
export interface Measured {
  about: {
    startedAt: string
    node: string
    processor: string
    cores: number
    quick: boolean
    connections: number
    secondsAPhase: number
    load: number
  }
  rows: readonly Row[]
  units: UnitCosts
  warnings: readonly string[]
}

const figure = (n: number | null): string =>
  n === null
    ? ""
    : Math.abs(n) >= 100
      ? Math.round(n).toLocaleString("en-US")
      : Number(n.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 })

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")

const measuredRows = ({ rows }: Measured): string => {
  const bare = new Map(rows.filter((r) => r.mode === "baseline").map((r) => [r.name, r.value]))
  return table(
    ["what", "Hearth", "telling everybody", "unit"],
    rows
      .filter((row) => row.mode !== "baseline")
      .map(({ name, value, unit, baseline }) => [
        name,
        figure(value),
        figure(baseline ?? bare.get(name) ?? null),
        unit,
      ]),
  )
}

const named = (a: Assumptions): string =>
  table(
    ["", "assumption", "value"],
    [
      ["A1", "people who are here at once", figure(a.people)],
      ["A2", "connections a person", figure(a.devices)],
      ["A3", "of those who are here, so many change in a minute", `${figure(a.changingAMinute * 100)} %`],
      ["A4", "people on a screen, all of them here, each screen independent of the others", figure(a.rows)],
      ["A5", "a client shows other people (`presence:watch`), times a minute", figure(a.watchesAMinute)],
      ["A6", "a connection lasts, minutes", figure(a.sessionMinutes)],
      ["A7", "of a processor, so much is used", `${figure(a.headroom * 100)} %`],
      ["A8", "memory of a node for connections", `${figure(a.nodeGb)} GB`],
      ["A9", "WebSocket, TLS, TCP and IP around a packet", `${figure(a.frameBytes)} bytes`],
      [
        "A10",
        "everything watched is read anew once in each turn, so at most two turns apart; a turn is",
        `${figure(a.sweepSeconds)} s (\`sweepMs\`)`,
      ],
      ["A11", "a node rings at most, times a second", `${figure(a.gathersASecond)} (\`gatherMs\`)`],
      ["A12", "members of a server, for the comparison with telling everybody", figure(a.server)],
    ],
  )

const steps = (u: UnitCosts, a: Assumptions): string => {
  const s = scale(u, a)
  const kb = u.kbPerConnection + a.rows * u.kbPerWatchedRow
  const part = (us: number) => `${figure(us / 10_000)} %`
  const parts = (us: Record<string, number>) =>
    Object.entries(us)
      .map(([name, cost]) => `${name} ${part(cost)}`)
      .join(", ")
  const lines: [string, string, string][] = [
    ["connections", "A1 × A2", figure(s.connections)],
    ["changes a second", "A1 × A3 ÷ 60", figure(s.changes)],
    ["packets of presence a second", "changes × A4 × A2: each change to who shows that person", figure(s.packets)],
    ["bandwidth out", `packets × (${figure(u.packetBytes)} + A9) bytes × 8`, `${figure(s.gigabits)} Gbit/s`],
    ["connections opened a second", "connections ÷ (A6 × 60)", figure(s.opens)],
    ["`presence:watch` a second", "connections × A5 ÷ 60", figure(s.watches)],
    ["memory a connection", `${figure(u.kbPerConnection)} + A4 × ${figure(u.kbPerWatchedRow)}`, `${figure(kb)} KB`],
    [
      "cells",
      "the fewest whose Redis stays under A7. A cell is one Redis and its gateways; people look at their own cell",
      figure(s.cells),
    ],
    ["gateways a cell", "the fewest that stay under A7 and A8", figure(s.nodesACell)],
    ["**gateways**", "cells × gateways a cell", `**${figure(s.cells * s.nodesACell)}**`],
    ["connections a gateway", "connections ÷ gateways", figure(s.connectionsANode)],
    ["packets of presence a second and gateway", "packets ÷ gateways", figure(s.packetsANode)],
    ["processor of a gateway", parts(s.node.us), `${figure(s.node.cores * 100)} % of a core`],
    ["**Redis**", "one a cell", `**${figure(s.cells)}**`],
    ["processor of a Redis", parts(s.redis.us), `${figure(s.redis.cores * 100)} % of a core`],
    [
      "memory of a Redis",
      `people of a cell × ${figure(u.redisBytesPerPerson)} bytes`,
      `${figure(s.redisGb * 1024)} MB`,
    ],
    [
      "**PostgreSQL**",
      `watches × ${figure(u.watchPostgresMs)} ms + connections opened × ${figure(u.connectPostgresMs)} ms`,
      `**${figure(s.postgresCores)} cores**, ${figure(s.postgresCores / a.headroom)} with A7`,
    ],
  ]
  return table(["step", "how", "result"], lines)
}

const comparison = (u: UnitCosts, a: Assumptions): string => {
  const s = scale(u, a)
  return `Telling everybody of a server with ${figure(a.server)} members of every change would be changes × A12 × A2 =
${figure(s.broadcastPackets)} packets a second for all, ${figure(s.broadcastPackets / s.packets)} times as many. At ${figure(u.broadcastPacketUs)} µs a packet (a bare
Socket.IO broadcast, measured in the same run) that is ${figure(s.broadcastCores)} cores for presence alone, and ${figure((s.broadcastPackets * (u.packetBytes + a.frameBytes) * 8) / 1e9)} Gbit/s.`
}

/** docs/scale.md, whole: nothing in it is written by hand. */
export const scaleDoc = (measured: Measured, a: Assumptions = assumptions): string => {
  const { about, units, warnings } = measured
  const { startedAt, processor, cores, node, connections, secondsAPhase, load } = about
  return `# A million people

What presence costs, measured on one machine, and what follows from it for a million people who are here at once. This page is made
by \`npm run bench:presence -- --docs\`, which measures anew and keeps what it found in \`scale.json\`; \`-- --model\` makes it from what is kept
there. The arithmetic is [\`bench/scale-model.ts\`](../bench/scale-model.ts); a test holds page, model and figures together.

**In one line:** a change costs as many packets as people show the one who changed, whatever the size of the server. What grows with
the whole are bells between nodes, and what is read of Redis.

## Measured

${startedAt.slice(0, 16).replace("T", " ")} UTC, ${processor}, ${cores} cores, Node ${node.replace(/^v/, "")}, load average up to ${figure(load)} while it ran${load > 3 ? " (others used the machine: read the times as upper bounds; counts do not depend on it)" : ""}. Real
gateway, Redis and PostgreSQL; ${figure(connections)} connections on one gateway (or all members, where there are fewer); phases of ${secondsAPhase} s. Who is not connected is
here on a node that says and rings what theirs would, without sockets. "Telling everybody" is a bare Socket.IO server that sends each
change to all who are connected to it, in the same run; "at 2 % a minute" is computed from the cost of a change.

${measuredRows(measured)}
${warnings.length === 0 ? "" : `\n${warnings.map((warning) => `* Not as it should be: ${warning}`).join("\n")}\n`}
## Unit costs

${table(
  ["what", "cost"],
  (Object.keys(unitCosts) as (keyof UnitCosts)[]).map((name) => [unitCosts[name], figure(units[name])]),
)}

## Assumed

${named(a)}

## What it takes

${steps(units, a)}

Percentages in "how" are of one core.

${comparison(units, a)}

## Not measured

* **More than one machine.** Gateway, Redis, PostgreSQL and clients shared this one; networks, TLS and kernels under 50,000 sockets are not
  in it. Bells came from one made-up node, not from many.
* **More connections on a gateway than above.** That costs grow evenly with them is assumed; garbage collection of a larger heap is not known.
* **Messages.** Appends, deliveries, digests, typing and read marks come on top (\`npm run bench\`), and with them Cassandra, of which presence
  asks nothing.
* **Member lists.** A list of a very large server is read and kept by each node that shows it.
* **Several cells.** How servers are shared out between them, and people who look at two, is design, not code, so far.
* **PostgreSQL beside itself.** Connections and watches are asked of one; replicas would carry neither (permissions are never read of one).
* **Storms.** A gateway that is lost sends its connections to the others at once: A7 is the room for it, and opening them is counted above
  at a steady pace only.
`
}
