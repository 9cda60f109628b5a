import { guildRoom, sessionRoom, type Snowflake, unseenRoom, userRoom, viewersRoom } from "@hearth/core"
import type { AccessCache } from "@hearth/db/access"
import type { Connection } from "./connection.ts"

export const nodeRoom = (nodeId: string): string => `node:${nodeId}`

/** The rooms that follow from who one is. Those of open channels, and of what is on screen, come and go by command. */
export const roomsOf = (access: AccessCache, userId: Snowflake): Set<string> => {
  const rooms = new Set<string>()
  for (const guildId of access.guildsOf(userId)) rooms.add(guildRoom(guildId))
  for (const channelId of access.visibleChannels(userId)) {
    if (!access.isPublic(channelId)) rooms.add(viewersRoom(channelId))
  }
  for (const by of access.hiddenFrom(userId) ?? []) rooms.add(unseenRoom(by))
  return rooms
}

export const ownRooms = (connection: Connection, nodeId: string): string[] => [
  userRoom(connection.userId),
  sessionRoom(connection.sessionId),
  nodeRoom(nodeId),
]

export const openChannels = (connection: Connection): Snowflake[] => {
  const open: Snowflake[] = []
  for (const room of connection.socket.rooms) if (room.startsWith("channel:")) open.push(room.slice(8))
  return open
}

/**
 * Brings a socket's rooms in line with what its user may see now. Returns whether it lost one: then what already waits for it
 * may be what it must no longer hear.
 */
export const reroom = (access: AccessCache, connection: Connection): boolean => {
  const { socket, userId } = connection
  const wanted = roomsOf(access, userId)
  let lost = false
  for (const room of [...socket.rooms]) {
    const shut = room.startsWith("unseen:")
    const derived = shut || room.startsWith("guild:") || room.startsWith("audience:")
    const gone = derived
      ? !wanted.has(room)
      : room.startsWith("channel:") && !access.can(userId, "VIEW_CHANNEL", room.slice(8))
    if (!gone) continue
    void socket.leave(room)
    lost ||= !shut
  }
  for (const room of wanted) if (!socket.rooms.has(room)) void socket.join(room)
  return lost
}

/** Whether somebody may still hear of an outbox row that was told while they were away. */
export const mayHear = (
  access: AccessCache,
  who: { userId: Snowflake; sessionId: string },
  row: { audience: string; kind: string; channelId?: Snowflake | null; payload: unknown },
): boolean => {
  const { audience } = row
  const cut = audience.indexOf(":")
  const [scope, id] = cut < 0 ? [audience, ""] : [audience.slice(0, cut), audience.slice(cut + 1)]
  const heard =
    scope === "everyone" ||
    (scope === "user" && id === who.userId) ||
    (scope === "session" && id === who.sessionId) ||
    (scope === "guild" && access.isMember(who.userId, id)) ||
    // Who lost a channel hears of its end: an id that they knew.
    (scope === "audience" && access.can(who.userId, "VIEW_CHANNEL", id))
  if (heard && (row.kind.startsWith("pin:") || row.kind === "thread:unread"))
    return access.can(who.userId, "VIEW_CHANNEL", row.channelId ?? "")
  if (!heard || row.kind.endsWith(":removed")) return heard
  const about = row.kind.startsWith("channel:") ? (row.channelId ?? (row.payload as { id?: Snowflake }).id) : undefined
  return about === undefined || access.can(who.userId, "VIEW_CHANNEL", about)
}
