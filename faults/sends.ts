import type { EventOf, HistoryEvent } from "./history.ts"

/** One send with all its tries, in the order of first tries. */
export interface Sent {
  invoke: EventOf<"invoke">
  /** The first one. */
  ack?: EventOf<"ack">
  fail?: EventOf<"fail">
  /** Whatever ids it was acked with: one, or something is wrong. */
  ids: Set<string>
}

export const sendsOf = (events: readonly HistoryEvent[]): Sent[] => {
  const sends = new Map<string, Sent>()
  for (const event of events) {
    if (event.type !== "invoke" && event.type !== "ack" && event.type !== "fail") continue
    const key = `${event.channel} ${event.client} ${event.nonce}`
    if (event.type === "invoke") {
      // The same nonce from another device is the same send.
      if (!sends.has(key)) sends.set(key, { invoke: event, ids: new Set() })
      continue
    }
    const send = sends.get(key)
    if (!send) throw new Error(`the history is broken: ${event.type} of ${key} without its invoke`)
    if (event.type === "fail") send.fail = event
    else {
      send.ack ??= event
      send.ids.add(event.id)
    }
  }
  return [...sends.values()]
}

export interface Edit {
  client: string
  /** Counts this client's edits. */
  edit: number
  /** An id is one message of its channel. */
  channel: string
  id: string
  body: string
  end: "acked" | "refused" | "unknown"
}

export const editsOf = (events: readonly HistoryEvent[]): Edit[] => {
  const edits = new Map<string, Edit>()
  for (const event of events) {
    if (event.type === "edit")
      edits.set(`${event.client} ${event.edit}`, {
        client: event.client,
        edit: event.edit,
        channel: event.channel,
        id: event.id,
        body: event.body,
        end: "unknown",
      })
    if (event.type !== "edited" && event.type !== "editFailed") continue
    const edit = edits.get(`${event.client} ${event.edit}`)
    if (!edit) throw new Error(`the history is broken: ${event.type} of ${event.client} ${event.edit} without its edit`)
    edit.end = event.type === "edited" ? "acked" : "refused"
  }
  return [...edits.values()]
}
