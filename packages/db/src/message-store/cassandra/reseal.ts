import { bucketOf, type Snowflake } from "@hearth/core"
import { detailPlace, messagePlace } from "../bodies.ts"
import { OLD_VERSION } from "../ops.ts"
import type { Resealed } from "../port.ts"
import { contended, stepAside } from "../rounds.ts"
import { compareAndSet, learn, setVer } from "./change.ts"
import { type Context, mayTry } from "./context.ts"
import type { Deadline, Statement } from "./link.ts"
import { big, SELECT_ROWS, SELECT_OLD_BODIES, SET_BODY } from "./rows.ts"
import { endOf, toScope } from "./scopes.ts"

/** A conditional batch of more bodies than this is slow, and a server may refuse it. */
const MAX_BYTES = 32_768
const MAX_ROWS = 64

interface Old {
  seq: number
  kind: number
  key: string
  body: Buffer
}

/**
 * Every write to a bucket is conditional, so `ver` rises by one for each batch and `mver` stays: a client that sees the gap
 * resumes, and nothing comes.
 */
export const resealIn = async (
  context: Context,
  channelId: Snowflake,
  after: number,
  limit: number,
  deadline: Deadline,
): Promise<Resealed> => {
  const { scopes } = context
  const bucket = bucketOf(after + 1)
  for (let round = 0; mayTry(round, deadline); round++) {
    const scope = scopes.known(channelId, bucket) ?? (await scopes.learn(channelId, bucket, deadline))
    if (!scope || scope.ver === null || scope.head <= after) {
      // What is known may be old.
      const now = await scopes.learn(channelId, bucket, deadline)
      if (!now || now.head <= after) return { last: null, rewritten: 0 }
      continue
    }
    const to = Math.min(scope.head, endOf(bucket), after + Math.min(limit, MAX_ROWS))
    const { statements, last, rewritten } = await writesOf(
      context,
      channelId,
      bucket,
      { from: after + 1, to },
      deadline,
    )
    if (rewritten === 0) return { last, rewritten }
    const outcome = await compareAndSet(context, [setVer(channelId, scope, scope.ver + 1), ...statements], deadline)
    if (outcome === "unknown") await learn(context, channelId, bucket, deadline)
    else if (outcome.applied) {
      scopes.remember(channelId, { ...scope, ver: scope.ver + 1 })
      return { last, rewritten }
    } else {
      const state = toScope(bucket, outcome.row)
      if (state) scopes.remember(channelId, state, { refusal: true })
    }
    await stepAside(round)
  }
  throw contended()
}

const writesOf = async (
  { link, bodies }: Context,
  channelId: Snowflake,
  bucket: number,
  { from, to }: { from: number; to: number },
  deadline: Deadline,
): Promise<{ statements: Statement[]; last: number; rewritten: number }> => {
  const range = [channelId, bucket, big(from), big(to)]
  const [rows, versions] = await Promise.all([
    link.read(deadline, SELECT_ROWS, range),
    link.read(deadline, SELECT_OLD_BODIES, range),
  ])
  const places = new Map<Old, string>()
  for (const row of rows) {
    const place = messagePlace(channelId, String(row.get("author_id")), String(row.get("nonce")))
    places.set({ seq: Number(row.get("seq")), kind: 0, key: "", body: row.get("body") }, place)
  }
  for (const row of versions) {
    const [seq, key] = [Number(row.get("seq")), String(row.get("key"))]
    places.set({ seq, kind: OLD_VERSION, key, body: row.get("body") }, detailPlace(channelId, seq, OLD_VERSION, key))
  }
  const old = [...places].filter(([{ body }]) => body && !bodies.isCurrent(body)).sort(([a], [b]) => a.seq - b.seq)
  const statements: Statement[] = []
  let bytes = 0
  for (const [{ seq, kind, key, body }, place] of old) {
    const sealed = bodies.seal(bodies.open(body, place), place)
    bytes += sealed.length
    // A row whose old versions did not all fit is begun again.
    if (statements.length > 0 && bytes > MAX_BYTES) return { statements, last: seq - 1, rewritten: statements.length }
    statements.push({ query: SET_BODY, params: [sealed, channelId, bucket, kind, big(seq), key] })
  }
  return { statements, last: to, rewritten: statements.length }
}
