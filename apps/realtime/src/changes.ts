import { events } from "@hearth/core"
import type { OutboxRow } from "@hearth/db"
import type { AccessCache } from "@hearth/db/access"
import type { Connection, Connections, Feature } from "./connection.ts"
import type { Delivery } from "./delivery.ts"
import { nodeRoom, reroom } from "./rooms.ts"
import type { Timings } from "./timings.ts"

export interface ChangeDeps {
  nodeId: string
  access: AccessCache
  connections: Connections
  delivery: Delivery
  features: readonly Feature[]
  timings: Timings
  endSession: (connection: Connection) => void
  resync: (connection: Connection, reason: "moved") => void
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * What an outbox row does here: the permission cache takes it in, sockets change rooms, and the audience on this node hears it
 * with its position. In this order, but for what is removed: who loses a thing hears so first, in the room that they leave.
 */
export const createChanges = (deps: ChangeDeps) => {
  const { nodeId, access, connections, delivery, features, timings, endSession, resync } = deps

  const tell = async (row: OutboxRow): Promise<void> => {
    if (!Object.hasOwn(events, row.kind) || row.audience === "node") return
    const room = row.audience === "everyone" ? nodeRoom(nodeId) : row.audience
    delivery.emit(room, row.kind, [row.payload, row.pos])
    // A socket never hears a later position before an earlier one.
    if (delivery.busy(room)) await delivery.drained(room)
  }

  const reroomAll = async (list: Iterable<Connection>): Promise<void> => {
    let end = performance.now() + timings.fanOutSlice
    for (const connection of list) {
      if (connection.ended) continue
      // What waits there may be what this user may no longer see. They start again from what they may.
      if (reroom(access, connection) && delivery.discard(connection.socket)) resync(connection, "moved")
      if (performance.now() < end) continue
      await turn()
      end = performance.now() + timings.fanOutSlice
    }
  }

  return async (row: OutboxRow): Promise<void> => {
    if (row.kind === "session:revoked") {
      const { sessionId } = row.payload as { sessionId: string }
      for (const connection of [...connections.ofSession(sessionId)]) endSession(connection)
      return
    }
    const farewell = row.kind.endsWith(":removed")
    if (farewell) await tell(row)
    const effect = await access.apply(row)
    const touched = new Set(effect.users)
    for (const guildId of effect.guilds) for (const userId of access.membersOf(guildId)) touched.add(userId)
    if (touched.size > 0) await reroomAll([...touched].flatMap((userId) => [...connections.ofUser(userId)]))
    for (const userId of effect.users) {
      const guildId = row.guildId ?? (row.payload as { guildId?: string }).guildId
      if (guildId) for (const feature of features) feature.membershipChanged?.(userId, guildId)
    }
    for (const feature of features) feature.changed?.(row)
    if (!farewell) await tell(row)
  }
}
