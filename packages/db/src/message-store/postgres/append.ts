import { CHANNEL_SCOPE, snowflakeAt, type Snowflake } from "@hearth/core"
import { messagePlace } from "../bodies.ts"
import { answerBatch, type Batch, type Found, planBatch, writtenAt } from "../drafts.ts"
import type { Draft, Outcome } from "../port.ts"
import { type Context, unknownChannel } from "./run.ts"
import { type MessageRow, toMessage } from "./rows.ts"

interface AppendedRow extends MessageRow {
  ord: number
  duplicate: boolean
  /** Only of a duplicate: what was just written is known here. */
  body_mac: Buffer | null
}

interface Writing {
  macKey: Buffer
  clock: () => number
}
/** What waits to be appended to one channel. */
interface Waiting {
  channelId: Snowflake
  drafts: readonly Draft[]
}

const plan = ({ bodies }: Context, { channelId, drafts }: Waiting, macKey: Buffer): Batch =>
  planBatch(drafts, macKey, ({ content, authorId, nonce }) =>
    bodies.seal(content, messagePlace(channelId, authorId, nonce)),
  )

const asJson = ({ unique }: Batch, now: number): string =>
  JSON.stringify(
    unique.map(({ draft, body, mac }, ord) => ({
      ord,
      author_id: draft.authorId,
      nonce: draft.nonce,
      body: body.toString("base64"),
      body_mac: mac.toString("base64"),
      reply_to: draft.replyTo,
      ...(draft.createdAt !== undefined && timeOf(writtenAt(draft, now))),
    })),
  )

const answer = ({ bodies }: Context, channelId: Snowflake, batch: Batch, rows: readonly AppendedRow[]): Outcome => {
  if (rows.length === 0) throw unknownChannel()
  const found = new Map<number, Found>()
  for (const row of rows) {
    const planned = batch.unique[row.ord]
    if (!planned) continue
    // What was just written is known, and does not come back.
    const message = toMessage(bodies, channelId, row.duplicate ? row : { ...row, body: null })
    if (!row.duplicate) message.content = planned.draft.content
    found.set(row.ord, { message, mac: row.body_mac ?? planned.mac, duplicate: row.duplicate })
  }
  const items = [...found.values()].filter((f) => !f.duplicate).map((f) => f.message)
  items.sort((a, b) => a.seq - b.seq)
  const last = items.at(-1)
  return {
    results: answerBatch(batch, found, () => CHANNEL_SCOPE),
    packet: last ? { channelId, scope: CHANNEL_SCOPE, ver: last.mver, head: last.seq, items } : null,
  }
}

/** One call of append(): see migrations/0003_imported_messages.sql. */
export const appendTo = async (context: Context, waiting: Waiting, { macKey, clock }: Writing): Promise<Outcome> => {
  const { channelId } = waiting
  const batch = plan(context, waiting, macKey)
  const now = clock()
  const rows = await context.run<AppendedRow>("append", "select * from append($1, $2, $3, $4)", [
    channelId,
    new Date(now),
    snowflakeAt(now).toString(),
    asJson(batch, now),
  ])
  return answer(context, channelId, batch, rows)
}

/** For each head that is held: longer waits are for those that are held alone. */
const LOCK_MS = 100

// The lock of each head is held until the end of all: in the order of the channels, so that no two wait for each other. The limit
// is this statement's alone, and set before the first of them, which asks for it.
const APPEND_MANY = `
  select c.i, a.*
  from (select set_config('lock_timeout', $5, true) as limit) s
  cross join unnest($1::bigint[], $2::text[]) with ordinality as c(ch, drafts, i)
  cross join lateral append(case when s.limit is not null then c.ch end, $3, $4, c.drafts::jsonb) a`

/** The same for several channels in one statement, each once: what costs most is the way there and the commit. All or none are stored. */
export const appendToMany = async (
  context: Context,
  waiting: readonly Waiting[],
  { macKey, clock }: Writing,
): Promise<PromiseSettledResult<Outcome>[]> => {
  const inOrder = waiting
    .map((w, at) => ({ at, channelId: w.channelId, batch: plan(context, w, macKey) }))
    .sort((a, b) => (BigInt(a.channelId) < BigInt(b.channelId) ? -1 : 1))
  const now = clock()
  const rows = await context.run<AppendedRow & { i: string }>("append many", APPEND_MANY, [
    inOrder.map((w) => w.channelId),
    inOrder.map((w) => asJson(w.batch, now)),
    new Date(now),
    snowflakeAt(now).toString(),
    `${LOCK_MS}ms`,
  ])
  const rowsOf = Map.groupBy(rows, (row) => Number(row.i))
  const answers: PromiseSettledResult<Outcome>[] = []
  inOrder.forEach(({ at, channelId, batch }, i) => {
    try {
      answers[at] = { status: "fulfilled", value: answer(context, channelId, batch, rowsOf.get(i + 1) ?? []) }
    } catch (reason) {
      answers[at] = { status: "rejected", reason }
    }
  })
  return answers
}

const timeOf = (ms: number) => ({ created_at: new Date(ms).toISOString(), created_id: snowflakeAt(ms).toString() })
