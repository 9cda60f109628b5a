import type { Person } from "./driver.ts"
import type { Quantiles } from "./measure.ts"

/** What the crowd is asked to do, and what it answers. Clients are named by their place in it. */
export type Ask =
  | { task: "connect"; urls: string[]; count: number; secret?: string; people?: Person[] }
  /** Each client opens one channel, or comes up to date with what it has of it. `lanes`: so many at a time. */
  | { task: "open"; channelOf: string[]; lanes: number }
  | { task: "write"; streams: Stream[]; seconds: number }
  /** Ends the sockets of these clients; what they hold they keep. */
  | { task: "cut"; from: number; to: number }
  /** With tickets that are made before: connects again and resumes. */
  | { task: "back"; urls: string[]; lanes: number }
  /** Counts what comes while nobody here writes. */
  | { task: "listen"; seconds: number }

export interface Stream {
  name: string
  /** Its channels, each with the clients that write there in turn. */
  channels: { channelId: string; authors: number[] }[]
  /** All together; null: each author sends again as soon as it was answered. */
  perSecond: number | null
}

export interface Connected {
  ms: number
}
export interface Opened {
  ms: number
  /** Of each client: from its request to the ack, which follows the last part. */
  each: Quantiles
  /** Messages that came with the answers. */
  messages: number
  refused: number
}
export interface Back extends Opened {
  ticketsMs: number
}
export interface StreamResult {
  sent: number
  refused: number
  deliveries: number
  missing: number
  gaps: number
  /** From the first send to the last ack. */
  sendMs: number
  /** From the first send to the last delivery. */
  ms: number
  frames: number
  packets: number
  ack: Quantiles
  delivery: Quantiles
}
export interface Heard {
  /** Frames that are no packets of a channel. */
  frames: number
  bytes: number
}
export interface Written extends Heard {
  streams: StreamResult[]
}
export type Answer<A extends Ask> = A extends { task: "connect" }
  ? Connected
  : A extends { task: "open" }
    ? Opened
    : A extends { task: "back" }
      ? Back
      : A extends { task: "write" }
        ? Written
        : A extends { task: "listen" }
          ? Heard
          : null
