import type { EventName } from "./protocol.ts"

/** Raised on purpose when a table of protocol.ts changes shape: the fingerprint test beside it says when. */
export const PROTOCOL_VERSION = 1

/** The names of the table of events, for browsers, which need no schemas of what their own server tells them. */
const names: Record<EventName, true> = {
  "gateway:ready": true,
  "gateway:resync": true,
  "session:ended": true,
  "channel:resumed": true,
  "channel:changed": true,
  "channel:heads": true,
  "channel:activity": true,
  "channel:viewers": true,
  "typing:started": true,
  "read:marked": true,
  "reads:marked": true,
  "mention:added": true,
  "mention:removed": true,
  "mention:unread": true,
  "alerts:changed": true,
  "draft:saved": true,
  "draft:removed": true,
  "presence:changed": true,
  "members:changed": true,
  "guild:added": true,
  "guild:updated": true,
  "guild:removed": true,
  "channel:added": true,
  "channel:updated": true,
  "channel:removed": true,
  "channels:reordered": true,
  "conversation:added": true,
  "conversation:updated": true,
  "conversation:removed": true,
  "thread:unread": true,
  "thread:left": true,
  "later:changed": true,
  "later:due": true,
  "schedule:changed": true,
  "pin:added": true,
  "pin:removed": true,
  "role:added": true,
  "role:updated": true,
  "role:removed": true,
  "me:roles": true,
  "me:updated": true,
  "me:reacted": true,
  "user:updated": true,
  "instance:updated": true,
}

export const isEventName = (name: string): name is EventName => Object.hasOwn(names, name)
