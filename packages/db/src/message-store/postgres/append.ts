import { CHANNEL_SCOPE, snowflakeAt, type Snowflake } from "@hearth/core"
import { messagePlace } from "../bodies.ts"
import { answerBatch, type Found, planBatch, writtenAt } from "../drafts.ts"
import type { Draft, Outcome } from "../port.ts"
import { type Context, unknownChannel } from "./run.ts"
import { type MessageRow, toMessage } from "./rows.ts"

interface AppendedRow extends MessageRow {
  ord: number
  duplicate: boolean
  /** Only of a duplicate: what was just written is known here. */
  body_mac: Buffer | null
}

/** One call of append(): see migrations/0003_imported_messages.sql. */
export const appendTo = async (
  { run, bodies }: Context,
  channelId: Snowflake,
  drafts: readonly Draft[],
  { macKey, clock }: { macKey: Buffer; clock: () => number },
): Promise<Outcome> => {
  const batch = planBatch(drafts, macKey, ({ content, authorId, nonce }) =>
    bodies.seal(content, messagePlace(channelId, authorId, nonce)),
  )
  const now = clock()
  const rows = await run<AppendedRow>("append", "select * from append($1, $2, $3, $4)", [
    channelId,
    new Date(now),
    snowflakeAt(now).toString(),
    JSON.stringify(
      batch.unique.map(({ draft, body, mac }, ord) => ({
        ord,
        author_id: draft.authorId,
        nonce: draft.nonce,
        body: body.toString("base64"),
        body_mac: mac.toString("base64"),
        reply_to: draft.replyTo,
        ...(draft.createdAt !== undefined && timeOf(writtenAt(draft, now))),
      })),
    ),
  ])
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

const timeOf = (ms: number) => ({ created_at: new Date(ms).toISOString(), created_id: snowflakeAt(ms).toString() })
