import type { EventName } from "@hearth/core"
import type { GatewayServer } from "./connection.ts"

/** What a packet is for, by its event. A new event says here what it is counted as. */
const features = {
  "gateway:ready": "connection",
  "gateway:resync": "connection",
  "session:ended": "connection",
  "channel:resumed": "messages",
  "channel:changed": "messages",
  "channel:pull": "messages",
  "channel:heads": "heads",
  "channel:activity": "activity",
  "channel:viewers": "viewers",
  "typing:started": "typing",
  "read:marked": "reads",
  "reads:marked": "reads",
  "receipts:marked": "receipts",
  "mention:added": "mentions",
  "mention:removed": "mentions",
  "mention:unread": "mentions",
  "alerts:changed": "personal",
  "draft:saved": "personal",
  "draft:removed": "personal",
  "presence:changed": "presence",
  "members:changed": "members",
  "guild:added": "notices",
  "guild:updated": "notices",
  "guild:removed": "notices",
  "channel:added": "notices",
  "channel:updated": "notices",
  "channel:removed": "notices",
  "channels:reordered": "notices",
  "conversation:added": "notices",
  "conversation:updated": "notices",
  "conversation:removed": "notices",
  "friend:added": "friends",
  "friend:removed": "friends",
  "friend:asked": "friends",
  "thread:unread": "threads",
  "thread:left": "threads",
  "later:changed": "personal",
  "later:due": "personal",
  "schedule:changed": "personal",
  "pin:added": "notices",
  "pin:removed": "notices",
  "role:added": "notices",
  "role:updated": "notices",
  "role:removed": "notices",
  "me:roles": "personal",
  "me:updated": "personal",
  "rules:updated": "personal",
  "me:reacted": "personal",
  "user:updated": "notices",
  "status:updated": "personal",
  "instance:updated": "notices",
} as const satisfies Record<EventName, string>

/** `answers`: what commands are acknowledged with. */
export type PacketFeature = (typeof features)[EventName] | "answers"

export interface PacketCounts {
  /** So many sockets of this node get that event. */
  add(event: unknown, receivers: number): void
  answered(): void
  readonly totals: Readonly<Record<PacketFeature, number>>
}

/** Packets that left for sockets of this node, by what they are for, each receiver counted. Plain numbers: nothing is made to count one. */
export const createPacketCounts = (): PacketCounts => {
  const totals = { answers: 0 } as Record<PacketFeature, number>
  for (const feature of Object.values(features)) totals[feature] = 0
  return {
    add(event, receivers) {
      const feature = features[event as EventName]
      if (feature !== undefined) totals[feature] += receivers
    },
    answered() {
      totals.answers++
    },
    totals,
  }
}

const EVENT = 2
const ACK = 3

/**
 * Counts what goes to one socket each: events and answers pass the server's encoder, once each. What goes to rooms is encoded by
 * the adapter, which has kept the encoder that was there before, and is counted where it is served (`delivery.ts`). To be called
 * when the adapter is there and before anybody connects.
 */
export const countDirectPackets = (io: GatewayServer, counts: PacketCounts): void => {
  const server = io as unknown as { encoder: { encode(packet: { type: number; data?: unknown[] }): unknown[] } }
  const { encoder } = server
  server.encoder = {
    encode(packet) {
      if (packet.type === EVENT) counts.add(packet.data?.[0], 1)
      else if (packet.type === ACK) counts.answered()
      return encoder.encode(packet)
    },
  }
}
