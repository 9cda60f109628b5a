import { bucketOf, type Message, type Packet, type Snowflake } from "@hearth/core"
import { detailPlace, messagePlace } from "../bodies.ts"
import { extraOf } from "../extra.ts"
import { type LogRow, type OpsPlan, planOps, reactorKeysOf } from "../ops.ts"
import type { ChangeOutcome, Op, OpResult } from "../port.ts"
import { Contended, stepAside } from "../rounds.ts"
import { type Context, mayTry } from "./context.ts"
import type { Deadline, Statement } from "./link.ts"
import { isOutage, surelyNotDone } from "./outage.ts"
import {
  big,
  DELETE_DETAIL,
  INSERT_DETAIL,
  SELECT_REACTORS,
  SELECT_ROW,
  SET_EXTRA,
  SET_MESSAGE,
  SET_REACTIONS,
  SET_STATICS,
  toMessage,
} from "./rows.ts"
import { type Scope, toScope } from "./scopes.ts"

interface Done {
  results: OpResult[]
  packet: Packet | null
}

/** The ops of each bucket are one conditional batch in it. */
export const changeIn = async (
  context: Context,
  channelId: Snowflake,
  ops: readonly Op[],
  deadline: Deadline,
): Promise<ChangeOutcome> => {
  const results: OpResult[] = []
  const packets: Packet[] = []
  for (const bucket of new Set(ops.map((op) => bucketOf(op.seq)))) {
    const here = [...ops.keys()].filter((i) => bucketOf(ops[i]?.seq ?? 0) === bucket)
    const done = await changeBucket(
      context,
      channelId,
      bucket,
      here.flatMap((i) => ops[i] ?? []),
      deadline,
    )
    for (const [i, result] of done.results.entries()) results[here[i] ?? 0] = result
    if (done.packet) packets.push(done.packet)
  }
  return { results, packets }
}

const changeBucket = async (
  context: Context,
  channelId: Snowflake,
  bucket: number,
  ops: readonly Op[],
  deadline: Deadline,
): Promise<Done> => {
  const { scopes, clock } = context
  // Tries without an answer: what each would have written, at which ver.
  const unknown: { plan: OpsPlan; ver: number }[] = []
  for (let round = 0; mayTry(round, deadline); round++) {
    const known = scopes.known(channelId, bucket)
    // A bucket that was empty when this process looked may have been written by another one since.
    const scope = known && known.ver !== null ? known : await scopes.learn(channelId, bucket, deadline)
    // Rows after the scope: they are never older than what it is compared with.
    const read = scope ? await readForOps(context, channelId, bucket, ops, deadline) : new Map<number, LogRow>()
    const applied = unknown.find((attempt) => attempt.plan.rows.every((row) => isWritten(row, attempt.ver, read)))
    if (applied) return packetOf(context, channelId, bucket, applied.plan, applied.ver, deadline)

    const now = clock()
    const plan = planOps(ops, read, now)
    if (!scope || scope.ver === null || plan.rows.length === 0) return { results: plan.results(0), packet: null }

    const ver = scope.ver + 1
    const statements = [setVer(channelId, scope, ver), ...writesOf(context, channelId, bucket, plan, read, ver, now)]
    const outcome = await compareAndSet(context, statements, deadline)
    if (outcome === "unknown") {
      unknown.push({ plan, ver })
      await learn(context, channelId, bucket, deadline)
    } else if (outcome.applied) {
      scopes.remember(channelId, { ...scope, ver })
      return packetOf(context, channelId, bucket, plan, ver, deadline)
    } else {
      const state = toScope(bucket, outcome.row)
      if (state) scopes.remember(channelId, state, { refusal: true })
      else await scopes.learnTip(channelId, deadline, bucket)
    }
    await stepAside(round)
  }
  throw new Contended()
}

export const compareAndSet = async ({ link, casTimeoutMs }: Context, statements: Statement[], deadline: Deadline) => {
  try {
    return await link.compareAndSet(deadline, statements, casTimeoutMs)
  } catch (error) {
    if (!isOutage(error) || surelyNotDone(error)) throw error
    return "unknown" as const
  }
}

/** After a try without an answer: a linearizable read finishes or buries it. When that fails too, the store is away. */
export const learn = async ({ scopes, breaker }: Context, channelId: Snowflake, bucket: number, deadline: Deadline) => {
  try {
    await scopes.learn(channelId, bucket, deadline)
  } catch (error) {
    breaker.trip()
    throw error
  }
}

const readForOps = async (
  { link, bodies }: Context,
  channelId: Snowflake,
  bucket: number,
  ops: readonly Op[],
  deadline: Deadline,
): Promise<Map<number, LogRow>> => {
  const seqs = [...new Set(ops.map((op) => op.seq))]
  const found = await Promise.all(
    seqs.map(async (seq): Promise<[number, LogRow] | null> => {
      const keys = reactorKeysOf(ops.filter((op) => op.seq === seq))
      // The row first: reactors that are newer than it only mean that the compare-and-set will be refused.
      const [row] = await link.read(deadline, SELECT_ROW, [channelId, bucket, big(seq)])
      if (!row) return null
      const reactors =
        keys.length > 0 ? await link.read(deadline, SELECT_REACTORS, [channelId, bucket, big(seq), keys]) : []
      return [
        seq,
        { message: toMessage(bodies, channelId, row), reactors: new Set(reactors.map((r) => String(r.get("key")))) },
      ]
    }),
  )
  return new Map(found.filter((entry) => entry !== null))
}

const isWritten = (row: Message, ver: number, read: ReadonlyMap<number, LogRow>): boolean => {
  const now = read.get(row.seq)?.message
  return (
    now?.mver === ver &&
    now.version === row.version &&
    now.content === row.content &&
    now.deleted === row.deleted &&
    now.thread?.replies === row.thread?.replies &&
    JSON.stringify(now.previews) === JSON.stringify(row.previews)
  )
}

export const setVer = (channelId: Snowflake, { bucket, ver, head, lastId }: Scope, next: number): Statement => ({
  query: SET_STATICS,
  params: [big(next), big(head), lastId, channelId, bucket, big(ver ?? 0), big(head), lastId],
})

const writesOf = (
  { bodies }: Context,
  channelId: Snowflake,
  bucket: number,
  plan: OpsPlan,
  read: ReadonlyMap<number, LogRow>,
  ver: number,
  now: number,
): Statement[] => [
  ...plan.rows.flatMap((m): Statement[] => {
    if (!plan.extras.has(m.seq)) return []
    const extra = Buffer.from(JSON.stringify(extraOf(m, bodies)))
    return [{ query: SET_EXTRA, params: [big(ver), extra, channelId, bucket, big(m.seq)] }]
  }),
  ...plan.rows.map((m): Statement => {
    const values = [big(ver), m.reactions]
    const key = [channelId, bucket, big(m.seq)]
    // Most changes are reactions: they leave the body alone.
    if (read.get(m.seq)?.message.version === m.version) return { query: SET_REACTIONS, params: [...values, ...key] }
    const body = m.deleted ? null : bodies.seal(m.content, messagePlace(channelId, m.authorId, m.nonce))
    const editedAt = m.editedAt === null ? null : new Date(m.editedAt)
    return { query: SET_MESSAGE, params: [...values, m.version, body, editedAt, m.deleted, ...key] }
  }),
  ...plan.added.map(({ seq, kind, key, content }): Statement => {
    const body = content === null ? undefined : bodies.seal(content, detailPlace(channelId, seq, kind, key))
    return { query: INSERT_DETAIL, params: [channelId, bucket, kind, big(seq), key, big(ver), body, new Date(now)] }
  }),
  ...plan.gone.map(
    ({ seq, kind, key }): Statement => ({
      query: DELETE_DETAIL,
      params: [channelId, bucket, kind, big(seq), key],
    }),
  ),
]

/** A packet tells the channel's head, also that of an old bucket. */
const packetOf = async (
  { scopes }: Context,
  channelId: Snowflake,
  bucket: number,
  plan: OpsPlan,
  ver: number,
  deadline: Deadline,
): Promise<Done> => {
  const { head } = await scopes.tip(channelId, deadline)
  const items = plan.rows.map((m) => ({ ...m, mver: ver })).sort((a, b) => a.seq - b.seq)
  return { results: plan.results(ver), packet: { channelId, scope: bucket, ver, head, items } }
}
