import type {
  Changes,
  Marks,
  Message,
  OwnReactions,
  Packet,
  Page,
  PageCursor,
  Preview,
  Snowflake,
  Span,
  ThreadLine,
} from "@hearth/core"
import type { BodyKey } from "./bodies.ts"

export interface Draft {
  authorId: Snowflake
  nonce: string
  content: string
  replyTo: number | null
  /**
   * When it was written, of an import; absent: now. Never later than now. Only for who calls the store in this process: nothing
   * on the wire leads here. Numbers and ids rise in any case: an id is max(that time, the id before + 1).
   */
  createdAt?: number | undefined
}

/** What became of one draft. `duplicate`: the nonce was seen before, `message` is its first message. `conflict`: seen with another body. */
export type AppendResult =
  | { status: "stored"; message: Message; scope: number; ver: number }
  | { status: "duplicate"; message: Message; scope: number; ver: number }
  | { status: "conflict" }

export interface Outcome {
  /** One a draft, in order. May be shorter than the drafts that were given, never empty: the rest did not fit this compare-and-set. */
  results: AppendResult[]
  /** What to publish: exactly what this append added. null when it added nothing. */
  packet: Packet | null
}

export type Op =
  /** `by`: only the author may; another id answers `forbidden`. */
  | { kind: "edit"; seq: number; version: number; content: string; by: Snowflake }
  /** `by: null`: somebody who may delete anybody's. */
  | { kind: "delete"; seq: number; by: Snowflake | null }
  /** With the emoji of a poll's option it is a vote: where one chooses one, it takes the other back. */
  | { kind: "react"; seq: number; emoji: string; userId: Snowflake; on: boolean }
  /** How the thread on it stands. Of two words the one with more replies is the newer; a deleted message keeps its thread. */
  | { kind: "thread"; seq: number; thread: ThreadLine }
  /** Cards for links of it: what it does not link to, or was taken away, stays away. */
  | { kind: "preview"; seq: number; previews: readonly Preview[] }
  /** Takes its cards away. `by` as in a delete. */
  | { kind: "unpreview"; seq: number; by: Snowflake | null }
  /** Ends a poll before its time. `by` as in a delete. */
  | { kind: "end"; seq: number; by: Snowflake | null }

export type Refusal = "missing" | "forbidden" | "fixed" | "ended"

/** `unchanged`: the row already says so, a retry found its own result. `conflict`: the version is not the newest. */
export type OpResult =
  | { status: "changed" | "unchanged"; message: Message }
  | { status: "conflict"; message: Message }
  /** `fixed`: what is asked in a poll is not edited. `ended`: votes of that poll are not changed any more. */
  | { status: Refusal }

export interface ChangeOutcome {
  results: OpResult[]
  packets: Packet[]
}

export interface Head {
  head: number
  marks: Marks
}

/** One entry under a message: a reactor (`kind` 1, key `emoji:user`) or an old version (`kind` 2, key its number, with its content). */
export interface Detail {
  kind: 1 | 2
  key: string
  content: string | null
  createdAt: number
}

/** `last`: up to where all is done, which may be `after` itself when one step was too little; null: there is nothing after it. */
export interface Resealed {
  last: number | null
  rewritten: number
}

/**
 * The channel log. It allots the numbers: dense, in order, one row a nonce, durable when a promise resolves.
 * Failures: AppError UNAVAILABLE when the store cannot answer in time. After it, an append may or may not have happened:
 * the retry with the same nonce finds out. Nothing is half done.
 */
export interface MessageStore {
  readonly kind: "postgres" | "cassandra"
  /** Numbers and stores the leading drafts in order, in one compare-and-set. At most 64 drafts and 64 KB; never across a bucket's end. */
  append(channelId: Snowflake, drafts: readonly Draft[]): Promise<Outcome>
  /** Edits, deletes, reactions. Each checks the row, raises its scope's `ver` and sets the row's `mver` to it. */
  change(channelId: Snowflake, ops: readonly Op[]): Promise<ChangeOutcome>
  /** In `seq` order, at most `limit`, never crossing the channel. No cursor: the newest. `around` is in the middle. */
  page(channelId: Snowflake, cursor: PageCursor, limit: number): Promise<Page>
  /** All that a client with this span and these marks lacks. More than 1,000 new, or marks from elsewhere: `reset` and the newest page. */
  since(channelId: Snowflake, span: Span | null, marks: Marks): Promise<Changes>
  /** Committed head and the newest scope's mark, by a linearizable read. */
  head(channelId: Snowflake): Promise<Head>
  get(channelId: Snowflake, seq: number): Promise<Message | null>
  /** Whether a message of that author has this nonce. False may be too late to know: an append finds out. */
  holds(channelId: Snowflake, authorId: Snowflake, nonce: string): Promise<boolean>
  /**
   * Rewrites the bodies and old versions of the next `limit` rows after number `after` that do not lie under the first key.
   * Nothing that a client sees changes: no `mver`, no `version`. Safe beside everything else, and again.
   */
  reseal(channelId: Snowflake, after: number, limit: number): Promise<Resealed>
  /** Which of these messages have reactions, and which of them that user gave. At most 100. Never older than the `mver` it names. */
  reactedBy(channelId: Snowflake, seqs: readonly number[], userId: Snowflake): Promise<OwnReactions[]>
  /** What a message said at these versions, as far as there are such, in no order. `createdAt` is when it was replaced. */
  versions(channelId: Snowflake, seq: number, versions: readonly number[]): Promise<Detail[]>
  /** Reactors or old versions of one message, by key, after `after`. */
  details(channelId: Snowflake, seq: number, kind: 1 | 2, after: string | null, limit: number): Promise<Detail[]>
  /** Resolves when the store answers a trivial read. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface MessageStoreOptions {
  /** Key of the HMAC over bodies that tells "the same nonce, another body" apart. 32 bytes. */
  macKey: Buffer
  /** Bodies are sealed under the first of these keys, and read under all. None: they lie there plainly. */
  bodyKeys?: readonly BodyKey[] | undefined
  /** Unix time in ms. Tests move it. */
  clock?: () => number
  /** What a channel's log is at least as long as, to start looking from. A hint, never ahead of the log. */
  headHint?: (channelId: Snowflake) => Promise<number>
}
