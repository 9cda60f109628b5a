import type { Presence, Snowflake } from "@hearth/core"
import type { Connection } from "../connection.ts"
import type { Away } from "../presence/presence.ts"
import type { MemberIndex } from "./member-index.ts"

export type Range = readonly [from: number, count: number]

export interface Watcher {
  connection: Connection
  ranges: readonly Range[]
  /** What it was sent of each range, as text: the rows, and how long the groups are. */
  sent: Map<string, { rows: string; head: string }>
  /** Its first answer is under way: no push may overtake it. */
  answering: boolean
}

/** A guild that somebody on this node looks at. */
export interface List {
  guildId: Snowflake
  /** null until it is loaded. */
  index: MemberIndex | null
  /** What is being loaded now, and takes its place: who moves meanwhile moves in both. */
  next: MemberIndex | null
  /** Who was written to in this group and has not let it in, and both of two: they show nothing there. */
  reserved: Set<Snowflake>
  loaded: Promise<void>
  /** When the index was last read whole. */
  readAt: number
  watchers: Map<Connection, Watcher>
  /** Whose rows are to be read anew, which roles are gone, and whether the roles are to be read, or everything. */
  dirty: Set<Snowflake>
  gone: Set<Snowflake>
  rolesDirty: boolean
  reload: boolean
  working: boolean
  /** People are changing groups by the thousand: what is shown meanwhile is neither what was nor what will be. */
  regrouping: boolean
  workTimer: NodeJS.Timeout | undefined
  /** How people were seen to be while their rows were being read. */
  early: Map<Snowflake, { presence: Presence; away: Away }>
  pushedAt: number
  pushTimer: NodeJS.Timeout | undefined
  keepTimer: NodeJS.Timeout | undefined
  retryTimer: NodeJS.Timeout | undefined
}

export const newList = (guildId: Snowflake): List => ({
  guildId,
  index: null,
  next: null,
  reserved: new Set(),
  loaded: Promise.resolve(),
  readAt: Number.NEGATIVE_INFINITY,
  watchers: new Map(),
  dirty: new Set(),
  gone: new Set(),
  rolesDirty: false,
  reload: false,
  working: false,
  regrouping: false,
  workTimer: undefined,
  early: new Map(),
  pushedAt: Number.NEGATIVE_INFINITY,
  pushTimer: undefined,
  keepTimer: undefined,
  retryTimer: undefined,
})

/** Ends the turn: others get theirs before what comes next. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
