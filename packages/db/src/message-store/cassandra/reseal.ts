import { bucketOf, type Snowflake } from "@hearth/core"
import { detailPlace, messagePlace } from "../bodies.ts"
import { resealedExtra } from "../extra.ts"
import { OLD_VERSION } from "../ops.ts"
import type { Resealed } from "../port.ts"
import { Contended, stepAside } from "../rounds.ts"
import { compareAndSet, learn, setVer } from "./change.ts"
import { type Context, mayTry } from "./context.ts"
import type { Deadline, Statement } from "./link.ts"
import { big, parseExtra, SELECT_ROWS, SELECT_OLD_BODIES, SET_BODY, SET_EXTRA_ALONE } from "./rows.ts"
import { endOf, toScope } from "./scopes.ts"

/** A conditional batch of more bodies than this is slow, and a server may refuse it. */
const MAX_BYTES = 32_768
const MAX_STATEMENTS = 200
const MAX_ROWS = 64
/** Old versions that are read at once. */
const PAGE = 200

interface Old {
  seq: number
  kind: number
  key: string
  body: Buffer | null
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
  throw new Contended()
}

const writesOf = async (
  { link, bodies }: Context,
  channelId: Snowflake,
  bucket: number,
  { from, to }: { from: number; to: number },
  deadline: Deadline,
): Promise<{ statements: Statement[]; last: number; rewritten: number }> => {
  const range = [channelId, bucket, big(from), big(to)]
  const statements: Statement[] = []
  let bytes = 0
  const hasRoom = ({ length }: Buffer): boolean => {
    if (statements.length > 0 && (bytes + length > MAX_BYTES || statements.length >= MAX_STATEMENTS)) return false
    bytes += length
    return true
  }
  /** false: there is no room for more. */
  const take = ({ seq, kind, key, body }: Old, place: string): boolean => {
    if (!body || bodies.isCurrent(body)) return true
    const sealed = bodies.seal(bodies.open(body, place), place)
    if (!hasRoom(sealed)) return false
    statements.push({ query: SET_BODY, params: [sealed, channelId, bucket, kind, big(seq), key] })
    return true
  }
  // What does not fit is begun again: what is done is passed over.
  const again = () => ({ statements, last: from - 1, rewritten: statements.length })

  for (const row of await link.read(deadline, SELECT_ROWS, range)) {
    const place = messagePlace(channelId, String(row.get("author_id")), String(row.get("nonce")))
    const seq = Number(row.get("seq"))
    if (!take({ seq, kind: 0, key: "", body: row.get("body") }, place)) return again()
    const of = { channelId, authorId: String(row.get("author_id")), nonce: String(row.get("nonce")) }
    const cards = resealedExtra(of, parseExtra(row.get("extra")), bodies)
    if (!cards) continue
    const extra = Buffer.from(JSON.stringify(cards))
    if (!hasRoom(extra)) return again()
    statements.push({ query: SET_EXTRA_ALONE, params: [extra, channelId, bucket, big(seq)] })
  }
  for await (const versions of link.pages(deadline, SELECT_OLD_BODIES, range, PAGE)) {
    for (const row of versions) {
      const [seq, key] = [Number(row.get("seq")), String(row.get("key"))]
      const place = detailPlace(channelId, seq, OLD_VERSION, key)
      if (!take({ seq, kind: OLD_VERSION, key, body: row.get("body") }, place)) return again()
    }
  }
  return { statements, last: to, rewritten: statements.length }
}
