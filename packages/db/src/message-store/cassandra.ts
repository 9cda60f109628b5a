import type { Snowflake } from "@hearth/core"
import { openBodies } from "./bodies.ts"
import { Breaker } from "./breaker.ts"
import { appendTo } from "./cassandra/append.ts"
import { changeIn } from "./cassandra/change.ts"
import { isClaimed } from "./cassandra/claims.ts"
import type { CassandraAddress } from "./cassandra/connect.ts"
import type { Context } from "./cassandra/context.ts"
import { Deadline, Link } from "./cassandra/link.ts"
import { isOutage } from "./cassandra/outage.ts"
import { readReactedBy } from "./cassandra/reactions.ts"
import { readDetails, readHead, readMessage, readPage, readSince, readVersions } from "./cassandra/read.ts"
import { resealIn } from "./cassandra/reseal.ts"
import { Scopes } from "./cassandra/scopes.ts"
import { Turns } from "./cassandra/turns.ts"
import type { MessageStore, MessageStoreOptions } from "./port.ts"

export interface CassandraStoreOptions extends MessageStoreOptions, CassandraAddress {
  keyspace: string
  /** After which a call answers UNAVAILABLE, in ms. */
  limitMs?: number
  /** After which a compare-and-set counts as unknown, in ms: short enough that what settles it still fits into the limit. */
  casTimeoutMs?: number
  /** Told each time that the cluster could not be connected to: it may be away at the start, and is tried again each second. */
  onError?: (error: Error) => void
  /** Told once connected, when nodes are set so that messages are slower or less durable than they should be: a sentence each. */
  onDoubts?: (doubts: string[]) => void
}

/**
 * Messages in Cassandra or Scylla: one scope a bucket of 1,000, one partition a bucket, and every write to it conditional.
 * Returns at once; while the cluster is away every call answers UNAVAILABLE.
 */
export const openCassandraStore = (options: CassandraStoreOptions): MessageStore => {
  const { macKey, clock = Date.now, headHint, limitMs = 1000, casTimeoutMs = 0.45 * limitMs } = options
  const { keyspace, contactPoints, localDc, onError = () => {}, onDoubts } = options
  const link = new Link({ contactPoints, localDc, keyspace, onError, onDoubts })
  const scopes = new Scopes(link, headHint)
  const breaker = new Breaker({
    sentence: "Messages are out of reach just now. Try again in a moment.",
    isOutage,
    limitMs,
  })
  const bodies = openBodies(options.bodyKeys)
  const context: Context = { link, scopes, breaker, macKey, bodies, clock, casTimeoutMs }
  const turns = new Turns()

  /** Every call has its answer within the limit, a writer's from when it is its turn. */
  const timed = <T>(work: (deadline: Deadline) => Promise<T>) => breaker.run(() => work(new Deadline(limitMs)))
  const inTurn = <T>(channelId: Snowflake, work: (deadline: Deadline) => Promise<T>) =>
    turns.take(channelId, () => timed(work))

  return {
    kind: "cassandra",
    append: (channelId, drafts) => inTurn(channelId, (deadline) => appendTo(context, channelId, drafts, deadline)),
    change: (channelId, ops) => inTurn(channelId, (deadline) => changeIn(context, channelId, ops, deadline)),
    page: (channelId, cursor, limit) => timed((deadline) => readPage(context, channelId, cursor, limit, deadline)),
    since: (channelId, span, marks) => timed((deadline) => readSince(context, channelId, span, marks, deadline)),
    head: (channelId) => timed((deadline) => readHead(context, channelId, deadline)),
    get: (channelId, seq) => timed((deadline) => readMessage(context, channelId, seq, deadline)),
    holds: (channelId, authorId, nonce) =>
      timed((deadline) => isClaimed(context, deadline, channelId, authorId, nonce)),
    reactedBy: (channelId, seqs, userId) =>
      timed((deadline) => readReactedBy(context, channelId, seqs, userId, deadline)),
    versions: (channelId, seq, versions) =>
      timed((deadline) => readVersions(context, channelId, seq, versions, deadline)),
    details: (channelId, seq, kind, after, limit) =>
      timed((deadline) => readDetails(context, channelId, seq, kind, after, limit, deadline)),
    reseal: (channelId, after, limit) =>
      inTurn(channelId, (deadline) => resealIn(context, channelId, after, limit, deadline)),
    ping: () =>
      timed(async (deadline) => {
        await link.read(deadline, "SELECT data_center FROM system.local", [])
      }),
    close: () => link.close(),
  }
}
