import { Counter, Gauge, Histogram, Registry } from "prom-client"

/** One registry a gateway, since tests run two gateways in one process. */
export const createMetrics = (now: {
  bus: () => { lagMs: number; dropped: number; gaps: number }
  connections: () => number
  outboxAgeSeconds: () => number
  inFlight: () => number
  pulled: () => number
  packets: () => Readonly<Record<string, number>>
}) => {
  const registers = [new Registry()]
  const ms = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge("hearth_bus_lag_seconds", "How long the last probe took through Redis and back", () => now.bus().lagMs / 1000)
  gauge("hearth_bus_dropped", "Publications that did not reach Redis, since the start", () => now.bus().dropped)
  gauge("hearth_bus_gaps", "How often entries of the bus may have been missed, since the start", () => now.bus().gaps)
  gauge("hearth_connections", "Sockets that are open on this node", now.connections)
  gauge(
    "hearth_outbox_age_seconds",
    "Since the last poll of the outbox that came back caught up was sent",
    now.outboxAgeSeconds,
  )
  gauge("hearth_pulled_channels", "Channels whose viewers ask for what is new, since so many look", now.pulled)
  gauge("hearth_appends_in_flight", "Messages and changes that wait for the store", now.inFlight)
  new Counter({
    name: "hearth_packets_total",
    help: "Packets to sockets of this node, each receiver counted, by what they are for",
    labelNames: ["feature"] as const,
    registers,
    collect() {
      this.reset()
      for (const [feature, count] of Object.entries(now.packets())) this.inc({ feature }, count)
    },
  })
  return {
    registry: registers[0] as Registry,
    sendAck: new Histogram({
      name: "hearth_send_ack_ms",
      help: "From a send's arrival to its ack",
      buckets: ms,
      registers,
    }),
    append: new Histogram({
      name: "hearth_append_ms",
      help: "One append or change in the message store",
      labelNames: ["store"] as const,
      buckets: ms,
      registers,
    }),
    batch: new Histogram({
      name: "hearth_append_batch",
      help: "Drafts in one append",
      buckets: [1, 2, 4, 8, 16, 32, 64],
      registers,
    }),
    fanOut: new Histogram({
      name: "hearth_fan_out",
      help: "Receivers of one frame on this node",
      buckets: [1, 10, 100, 1000, 10_000],
      registers,
    }),
    resumeReads: new Counter({
      name: "hearth_resume_reads_total",
      help: "Reads of the message store for those who open channels or come back: many who ask for the same share one",
      registers,
    }),
    resumeHeads: new Counter({
      name: "hearth_resume_heads_total",
      help: "Who came back and may have missed nothing: asks how far a channel has come, which many share, and which reads no message",
      registers,
    }),
    refused: new Counter({
      name: "hearth_refused_total",
      help: "Commands refused, by error code",
      labelNames: ["code"] as const,
      registers,
    }),
    rateLimited: new Counter({ name: "hearth_rate_limited_total", help: "Commands over a limit", registers }),
    handshakes: new Counter({
      name: "hearth_handshakes_total",
      help: "Handshakes by how they ended",
      labelNames: ["result"] as const,
      registers,
    }),
    dropped: new Counter({
      name: "hearth_dropped_frames_total",
      help: "Frames that were not delivered: ephemera to slow readers, and all while not fresh",
      registers,
    }),
    slow: new Counter({
      name: "hearth_slow_readers_total",
      help: "Sockets that were closed because they did not read",
      registers,
    }),
    dispatchErrors: new Counter({
      name: "hearth_dispatch_errors_total",
      help: "Bugs: commands that failed unexpectedly",
      registers,
    }),
    outboxRows: new Counter({ name: "hearth_outbox_rows_total", help: "Outbox rows taken in", registers }),
  }
}
export type Metrics = ReturnType<typeof createMetrics>
