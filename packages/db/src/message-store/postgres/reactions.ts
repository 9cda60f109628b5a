import type { OwnReactions, Snowflake } from "@hearth/core"
import type { Context } from "./run.ts"

// By the keys that a reactor would have: a message with a thousand reactors costs no more than one with a few. One snapshot.
const REACTED_BY = `
  select m.seq, m.mver, array(
    select e.emoji from jsonb_object_keys(m.reactions) as e(emoji)
    join message_details d on d.channel_id = m.channel_id and d.seq = m.seq and d.kind = 1 and d.key = e.emoji || ':' || $3
    order by e.emoji collate "C"
  ) as emojis
  from messages m where m.channel_id = $1 and m.seq = any($2) and m.reactions <> '{}' order by m.seq`

export const readReactedBy = async (
  { run }: Context,
  channelId: Snowflake,
  seqs: readonly number[],
  userId: Snowflake,
): Promise<OwnReactions[]> => {
  const rows = await run<{ seq: string; mver: string; emojis: string[] }>("reacted by", REACTED_BY, [
    channelId,
    seqs,
    userId,
  ])
  return rows.map(({ seq, mver, emojis }) => ({ seq: Number(seq), mver: Number(mver), emojis }))
}
