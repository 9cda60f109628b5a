import { CHANNEL_SCOPE, type Snowflake } from "@hearth/core"
import { detailPlace, messagePlace } from "../bodies.ts"
import { extraOf } from "../extra.ts"
import { type LogRow, type OpsPlan, planOps, reactorKeysOf } from "../ops.ts"
import type { ChangeOutcome, Op } from "../port.ts"
import { Contended, MAX_ROUNDS, stepAside } from "../rounds.ts"
import type { Context } from "./run.ts"
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./rows.ts"

/**
 * Reads the rows, works out what the ops make of them, and writes that under the head row's lock if no row moved meanwhile.
 * No lock is held over a round trip: a node that freezes in between holds nobody up.
 */
export const changeIn = async (
  context: Context,
  channelId: Snowflake,
  ops: readonly Op[],
  clock: () => number,
): Promise<ChangeOutcome> => {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const now = clock()
    const plan = planOps(ops, await readRows(context, channelId, ops), now)
    if (plan.rows.length === 0) return { results: plan.results(0), packets: [] }
    const done = await write(context, channelId, plan, now)
    if (!done?.applied) {
      await stepAside(round)
      continue
    }
    const ver = Number(done.ver)
    const items = plan.rows.map((m) => ({ ...m, mver: ver })).sort((a, b) => a.seq - b.seq)
    return {
      results: plan.results(ver),
      packets: [{ channelId, scope: CHANNEL_SCOPE, ver, head: Number(done.head), items }],
    }
  }
  throw new Contended()
}

const ROWS = `
  select ${MESSAGE_COLUMNS}, array(
    select key from message_details d where d.channel_id = m.channel_id and d.seq = m.seq and d.kind = 1 and d.key = any($3)
  ) as reactors
  from messages m where m.channel_id = $1 and m.seq = any($2)`

const readRows = async (
  { run, bodies }: Context,
  channelId: Snowflake,
  ops: readonly Op[],
): Promise<Map<number, LogRow>> => {
  const seqs = [...new Set(ops.map((op) => op.seq))]
  const values = [channelId, seqs, reactorKeysOf(ops)]
  const rows = await run<MessageRow & { reactors: string[] }>("rows to change", ROWS, values)
  return new Map(
    rows.map((row) => [
      Number(row.seq),
      { message: toMessage(bodies, channelId, row), reactors: new Set(row.reactors) },
    ]),
  )
}

const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

const write = async ({ run, bodies }: Context, channelId: Snowflake, plan: OpsPlan, now: number) => {
  const rows = plan.rows.map((m) => ({
    seq: m.seq,
    read_at: m.mver,
    version: m.version,
    body: m.deleted ? null : bodies.seal(m.content, messagePlace(channelId, m.authorId, m.nonce)).toString("base64"),
    edited_at: time(m.editedAt),
    deleted: m.deleted,
    reactions: m.reactions,
    extra: plan.extras.has(m.seq) ? extraOf(m, bodies) : null,
  }))
  const added = plan.added.map(({ content, ...detail }) => ({
    ...detail,
    body:
      content === null
        ? null
        : bodies.seal(content, detailPlace(channelId, detail.seq, detail.kind, detail.key)).toString("base64"),
    created_at: time(now),
  }))
  const values = [channelId, JSON.stringify(rows), JSON.stringify(added), JSON.stringify(plan.gone)]
  const [done] = await run<{ applied: boolean; ver: string; head: string }>(
    "change",
    "select * from change($1, $2, $3, $4)",
    values,
  )
  return done
}
