import type { Snowflake } from "@hearth/core"
import { detailPlace, messagePlace } from "../bodies.ts"
import { resealedExtra } from "../extra.ts"
import type { Resealed } from "../port.ts"
import type { Context } from "./run.ts"

interface BodyRow {
  seq: string
  /** Of an old version. */
  kind: number | null
  key: string | null
  author_id: string | null
  nonce: string | null
  body: Buffer | null
  /** Of a message. */
  extra: unknown
}

/** Old versions in one step: a message may have been edited thousands of times. */
const VERSIONS = 200

// $5 is what a body under the first key begins with; without a key all that is sealed has to be opened.
const ROWS = `
  with r as (select seq, author_id, nonce, body, extra from messages where channel_id = $1 and seq > $2 order by seq limit $3),
  o as (select d.seq, d.kind, d.key, d.body from message_details d join r on r.seq = d.seq
    where d.channel_id = $1 and d.body is not null
      and case when length($5::bytea) = 0 then substring(d.body from 1 for 2) = '\\x0001' else substring(d.body from 1 for 4) <> $5 end
    order by d.seq, d.key limit $4)
  select seq, null::smallint as kind, null::text as key, author_id, nonce, body, extra from r
  union all select seq, kind, key, null, null, body, null from o`

// Under the head row's lock, as every change is. What moved since it was read is under the newest key already.
const WRITE = `
  with h as materialized (select from channel_heads where channel_id = $1 for update),
  x as materialized (
    select seq, kind, key, decode(was, 'base64') as was, decode(body, 'base64') as body, extra_was, extra
    from h, jsonb_to_recordset($2::jsonb)
      as x(seq bigint, kind smallint, key text, was text, body text, extra_was jsonb, extra jsonb)),
  m as (update messages m set body = x.body, extra = x.extra from x
    where x.kind is null and m.channel_id = $1 and m.seq = x.seq and m.body = x.was and m.extra is not distinct from x.extra_was
    returning 1),
  d as (update message_details d set body = x.body from x
    where d.channel_id = $1 and d.seq = x.seq and d.kind = x.kind and d.key = x.key and d.body = x.was returning 1)
  select (select count(*) from m) + (select count(*) from d) as n`

/** No version moves: to its readers a body that lies under another key is the same. */
export const resealIn = async (
  { run, bodies }: Context,
  channelId: Snowflake,
  after: number,
  limit: number,
): Promise<Resealed> => {
  const rows = await run<BodyRow>("bodies", ROWS, [channelId, after, limit, VERSIONS, bodies.header])
  if (rows.length === 0) return { last: null, rewritten: 0 }
  const old = rows.flatMap(({ seq, kind, key, author_id, nonce, body, extra }) => {
    if (!body) return []
    const of = { channelId, authorId: author_id ?? "", nonce: nonce ?? "" }
    const cards = kind === null ? resealedExtra(of, extra, bodies) : null
    if (bodies.isCurrent(body) && !cards) return []
    const place =
      kind === null || key === null
        ? messagePlace(channelId, of.authorId, of.nonce)
        : detailPlace(channelId, Number(seq), kind, key)
    const sealed = bodies.isCurrent(body) ? body : bodies.seal(bodies.open(body, place), place)
    const both = { was: body.toString("base64"), body: sealed.toString("base64") }
    return { seq, kind, key, ...both, extra_was: extra, extra: cards ?? extra }
  })
  // Whoever has more old versions than one step takes is begun again: what is done is passed over.
  const isAll = rows.filter((row) => row.kind !== null).length < VERSIONS
  const last = isAll ? Math.max(...rows.map((row) => Number(row.seq))) : after
  if (old.length === 0) return { last, rewritten: 0 }
  const [done] = await run<{ n: string }>("reseal", WRITE, [channelId, JSON.stringify(old)])
  return { last, rewritten: Number(done?.n ?? 0) }
}
