import type { Snowflake } from "@hearth/core"
import type { Connection, Connections } from "./connection.ts"

export interface ConnectionRegistry extends Connections {
  add(connection: Connection): void
  remove(connection: Connection): void
}

const put = (index: Map<string, Set<Connection>>, key: string, connection: Connection): void => {
  const those = index.get(key)
  if (those) those.add(connection)
  else index.set(key, new Set([connection]))
}
const take = (index: Map<string, Set<Connection>>, key: string, connection: Connection): void => {
  const those = index.get(key)
  those?.delete(connection)
  if (those?.size === 0) index.delete(key)
}

/** Everybody on this node, also those whose handshake is under way: a session's end must find them too. */
export const createConnections = (): ConnectionRegistry => {
  const all = new Set<Connection>()
  const byUser = new Map<Snowflake, Set<Connection>>()
  const bySession = new Map<string, Set<Connection>>()
  return {
    get size() {
      return all.size
    },
    all: () => all.values(),
    ofUser: (userId) => byUser.get(userId) ?? [],
    ofSession: (sessionId) => bySession.get(sessionId) ?? [],
    add(connection) {
      all.add(connection)
      put(byUser, connection.userId, connection)
      put(bySession, connection.sessionId, connection)
    },
    remove(connection) {
      all.delete(connection)
      take(byUser, connection.userId, connection)
      take(bySession, connection.sessionId, connection)
    },
  }
}
