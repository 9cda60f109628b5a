import { bucketOf, type Message, type Snowflake, snowflakeAt } from "@hearth/core"
import { messagePlace } from "../bodies.ts"
import { answerBatch, type Batch, type Found, type Planned, planBatch, writtenAt } from "../drafts.ts"
import type { Draft, Outcome } from "../port.ts"
import { claim, rowAt } from "./claims.ts"
import { Contended, stepAside } from "../rounds.ts"
import { type Context, mayTry } from "./context.ts"
import type { Deadline } from "./link.ts"
import { isOutage, surelyNotDone } from "./outage.ts"
import { big, INSERT_MESSAGE, SET_STATICS, toMessage, UNSET } from "./rows.ts"
import { endOf, nextScope, type Scope, toScope } from "./scopes.ts"

/** One try to append: which drafts under which numbers, on which state of the bucket. */
interface Attempt {
  batch: Batch
  /** Drafts of it that were there before. */
  found: ReadonlyMap<number, Found>
  on: Scope
  after: Scope & { ver: number }
  messages: Map<number, Message>
}

/**
 * Appends the leading drafts by one conditional batch. Refused: with the state that the refusal tells, again. No answer:
 * it may have happened, and a linearizable read settles whether it did. The steps are those of docs/decisions/0001 on the
 * channel log.
 */
export const appendTo = async (
  context: Context,
  channelId: Snowflake,
  drafts: readonly Draft[],
  deadline: Deadline,
): Promise<Outcome> => {
  const unknown: Attempt[] = []
  let scope = nextScope(await context.scopes.tip(channelId, deadline))
  for (let round = 0; mayTry(round, deadline); round++) {
    if (scope.ver === null && scope.head > 0) scope = nextScope(await firstOf(context, channelId, scope, deadline))
    const settled = await whichApplied(context, channelId, unknown, scope, deadline)
    if (settled) return answer(channelId, settled)
    const batch = planBatch(
      drafts,
      context.macKey,
      ({ content, authorId, nonce }) => context.bodies.seal(content, messagePlace(channelId, authorId, nonce)),
      endOf(scope.bucket) - scope.head,
    )
    const { found, fresh } = await findEarlier(context, channelId, batch, scope.head, deadline)
    if (fresh.length === 0) return { results: answerBatch(batch, found, bucketOf), packet: null }

    const attempt = plan(context, channelId, { batch, found, fresh, on: scope })
    const outcome = await compareAndSet(context, channelId, attempt, deadline)
    if (outcome === "applied") {
      context.scopes.remember(channelId, attempt.after)
      return answer(channelId, attempt)
    }
    if (outcome === "unknown") unknown.push(attempt)
    // A timeout has told nothing, and a refusal only of its own bucket: the next round starts from what is so now.
    scope = await learnAfter(context, channelId, attempt, outcome, deadline)
    await stepAside(round)
  }
  throw new Contended()
}

/** Before the first write of a bucket: does somebody know it already? Saves a refusal, and finds a log that went on. */
const firstOf = async ({ scopes }: Context, channelId: Snowflake, scope: Scope, deadline: Deadline): Promise<Scope> =>
  (await scopes.learn(channelId, scope.bucket, deadline)) ? scopes.learnTip(channelId, deadline, scope.bucket) : scope

/** Claims a number for each draft and drops those that are there already, until the numbers of the rest stand. */
const findEarlier = async (
  context: Context,
  channelId: Snowflake,
  batch: Batch,
  head: number,
  deadline: Deadline,
): Promise<{ found: Map<number, Found>; fresh: number[] }> => {
  const found = new Map<number, Found>()
  let fresh = batch.unique.map((_, index) => index)
  for (let moved = fresh; moved.length > 0; ) {
    const numbers = new Map(fresh.map((index, i) => [index, head + 1 + i]))
    const claims = moved.map(async (index) => {
      const earlier = await claim(context, deadline, channelId, at(batch, index), numbers.get(index) ?? 0, head)
      if (earlier) found.set(index, { ...earlier, duplicate: true })
    })
    await Promise.all(claims)
    const rest = fresh.filter((index) => !found.has(index))
    moved = rest.filter((index, i) => numbers.get(index) !== head + 1 + i)
    fresh = rest
  }
  return { found, fresh }
}

const at = (batch: Batch, index: number): Planned => {
  const planned = batch.unique[index]
  if (!planned) throw new Error(`no draft ${index}`)
  return planned
}

const plan = (
  { clock }: Context,
  channelId: Snowflake,
  { batch, found, fresh, on }: Pick<Attempt, "batch" | "found" | "on"> & { fresh: number[] },
): Attempt => {
  const now = clock()
  const ver = (on.ver ?? 0) + 1
  let lastId = on.lastId
  const messages = fresh.map((index, i): [number, Message] => {
    const { draft } = at(batch, index)
    const createdAt = writtenAt(draft, now)
    const clockId = snowflakeAt(createdAt)
    lastId = clockId > lastId ? clockId : lastId + 1n
    const message: Message = {
      channelId,
      seq: on.head + 1 + i,
      id: String(lastId),
      mver: ver,
      version: 1,
      authorId: draft.authorId,
      nonce: draft.nonce,
      content: draft.content,
      createdAt,
      editedAt: null,
      deleted: false,
      replyTo: draft.replyTo,
      reactions: {},
    }
    return [index, message]
  })
  const n = messages.length
  const after = { bucket: on.bucket, ver, head: on.head + n, lastId }
  return { batch, found, on, after, messages: new Map(messages) }
}

type CasOutcome = "applied" | "unknown" | { refused: Scope | null }

const compareAndSet = async (
  { link, casTimeoutMs }: Context,
  channelId: Snowflake,
  { batch, on, after, messages }: Attempt,
  deadline: Deadline,
): Promise<CasOutcome> => {
  const condition = on.ver === null ? [null, null, null] : [big(on.ver), big(on.head), on.lastId]
  const statics = [big(after.ver), big(after.head), after.lastId, channelId, on.bucket, ...condition]
  const inserts = [...messages].map(([index, m]) => {
    const { body, mac } = at(batch, index)
    const numbers = [channelId, on.bucket, big(m.seq), big(m.mver), m.id, m.authorId]
    const replyTo = m.replyTo === null ? UNSET : big(m.replyTo)
    return { query: INSERT_MESSAGE, params: [...numbers, m.nonce, body, mac, new Date(m.createdAt), replyTo] }
  })
  try {
    const statements = [{ query: SET_STATICS, params: statics }, ...inserts]
    const { applied, row } = await link.compareAndSet(deadline, statements, casTimeoutMs)
    return applied ? "applied" : { refused: toScope(on.bucket, row) }
  } catch (error) {
    if (!isOutage(error) || surelyNotDone(error)) throw error
    return "unknown"
  }
}

/** Where the log stands after a try that did not succeed. When that cannot be read either, the store is away. */
const learnAfter = async (
  { scopes, breaker }: Context,
  channelId: Snowflake,
  { on }: Attempt,
  outcome: Exclude<CasOutcome, "applied">,
  deadline: Deadline,
): Promise<Scope> => {
  try {
    if (outcome !== "unknown" && outcome.refused) {
      scopes.remember(channelId, outcome.refused, { refusal: true })
      return nextScope(outcome.refused)
    }
    return nextScope(await scopes.learnTip(channelId, deadline, on.bucket))
  } catch (error) {
    if (outcome === "unknown") breaker.trip()
    throw error
  }
}

/** Which of the tries without an answer has happened: the one whose rows are all there. A batch is there whole or not at all. */
const whichApplied = async (
  { link, bodies }: Context,
  channelId: Snowflake,
  attempts: readonly Attempt[],
  scope: Scope,
  deadline: Deadline,
): Promise<Attempt | null> => {
  for (const attempt of attempts) {
    if (scope.head < attempt.after.head) continue
    const rows = await Promise.all(
      [...attempt.messages].map(async ([index, m]): Promise<[number, Message] | null> => {
        const row = await rowAt(link, deadline, channelId, m.seq)
        return row &&
          String(row.get("id")) === m.id &&
          row.get("nonce") === m.nonce &&
          String(row.get("author_id")) === m.authorId
          ? [index, toMessage(bodies, channelId, row)]
          : null
      }),
    )
    const all = rows.filter((row) => row !== null)
    if (all.length === rows.length) return { ...attempt, messages: new Map(all) }
  }
  return null
}

const answer = (channelId: Snowflake, { batch, found, after, messages }: Attempt): Outcome => {
  const all = new Map(found)
  for (const [index, message] of messages) all.set(index, { message, mac: at(batch, index).mac, duplicate: false })
  const { bucket: scope, ver, head } = after
  return {
    results: answerBatch(batch, all, bucketOf),
    packet: { channelId, scope, ver, head, items: [...messages.values()] },
  }
}
