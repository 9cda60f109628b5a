import type { OwnStatus } from "@hearth/core"
import type { OutboxRow } from "@hearth/db"
import type { Connection, Connections, Feature } from "../connection.ts"

/** What the database said at the handshake, or the outbox since: the newer of the two holds. */
export const takeChosen = (connection: Connection, { state, version }: Connection["chosen"]): void => {
  if (version > connection.chosen.version) connection.chosen = { state, version }
}

export const isHidden = ({ chosen }: Connection): boolean => chosen.state === "invisible"

/** Keeps on every connection of a person how they want to be seen, also on those that are still being opened. */
export const createChosen = (deps: {
  connections: Connections
  /** That the person may be looked at as another now. */
  onChanged: (connection: Connection) => void
}): Feature => ({
  handlers: {},
  changed(row: OutboxRow) {
    if (row.kind !== "status:updated" || row.userId === undefined) return
    for (const connection of deps.connections.ofUser(row.userId)) {
      const before = connection.chosen
      takeChosen(connection, row.payload as OwnStatus)
      if (connection.chosen !== before) deps.onChanged(connection)
    }
  },
})
