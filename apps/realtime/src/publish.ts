import { channelRoom, type Packet, type Snowflake } from "@hearth/core"
import type { Publish } from "./connection.ts"
import type { Delivery } from "./delivery.ts"
import type { Bus } from "./ports.ts"

/** Own sockets first, since the bus takes its time and may fail; then the other nodes'. Nothing is awaited. */
export const createPublish =
  (delivery: Delivery, bus: Bus): Publish =>
  (room, event, payload, { volatile = false, local = false, except } = {}) => {
    delivery.emit(room, event, [payload], { ephemeral: volatile, ...(except && { except }) })
    if (!local) bus.publish(room, event, [payload], { volatile })
  }

export interface PacketPublisher {
  /** In the next turn, together with all other packets of that channel which came meanwhile: acks go first. */
  publish(packet: Packet): void
  /** Resolves when all of that channel has left for the sockets of this node. null: it has. */
  leaving(channelId: Snowflake): Promise<void> | null
}

/**
 * What one turn stored for a channel leaves as one frame, an array of packets. While a large room is still being served, the
 * packets behind it gather into the next frame: the more there is to do, the less each delivery costs.
 */
export const createPacketPublisher = (
  publish: Publish,
  delivery: Delivery,
  onPublished: (packets: readonly Packet[]) => void = () => {},
): PacketPublisher => {
  const pending = new Map<Snowflake, Packet[]>()
  const waiters = new Map<Snowflake, PromiseWithResolvers<void>>()
  let scheduled = false

  const flush = (): void => {
    scheduled = false
    for (const [channelId, packets] of pending) {
      const room = channelRoom(channelId)
      if (delivery.busy(room)) {
        void delivery.drained(room).then(schedule)
        continue
      }
      pending.delete(channelId)
      onPublished(packets)
      publish(room, "channel:changed", packets)
      waiters.get(channelId)?.resolve(delivery.drained(room))
      waiters.delete(channelId)
    }
  }

  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(flush)
  }

  return {
    publish(packet) {
      const waiting = pending.get(packet.channelId)
      if (waiting) waiting.push(packet)
      else pending.set(packet.channelId, [packet])
      schedule()
    },
    leaving(channelId) {
      const room = channelRoom(channelId)
      if (!pending.has(channelId)) return delivery.busy(room) ? delivery.drained(room) : null
      const waiter = waiters.get(channelId) ?? Promise.withResolvers<void>()
      waiters.set(channelId, waiter)
      return waiter.promise
    },
  }
}
