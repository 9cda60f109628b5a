import { bucketOf, type OwnReactions, type Snowflake } from "@hearth/core"
import { reactorKey } from "../ops.ts"
import type { Context } from "./context.ts"
import type { Deadline } from "./link.ts"
import { big, SELECT_REACTED, SELECT_REACTORS } from "./rows.ts"

/** The rows first, then the keys that the reactor would have: what is answered is never older than the `mver` beside it. */
export const readReactedBy = async (
  { link }: Pick<Context, "link">,
  channelId: Snowflake,
  seqs: readonly number[],
  userId: Snowflake,
  deadline: Deadline,
): Promise<OwnReactions[]> => {
  const buckets = [...new Set(seqs.map(bucketOf))].sort((a, b) => a - b)
  const found = await Promise.all(
    buckets.map(async (bucket) => {
      const here = seqs.filter((seq) => bucketOf(seq) === bucket).map(big)
      const rows = await link.read(deadline, SELECT_REACTED, [channelId, bucket, here])
      const reacted = rows.flatMap((row) => {
        const reactions: Record<string, number> | null = row.get("reactions")
        const emojis = Object.keys(reactions ?? {})
        return emojis.length > 0 ? [{ seq: Number(row.get("seq")), mver: Number(row.get("mver")), emojis }] : []
      })
      return Promise.all(reacted.map((message) => ownOf(message, bucket)))
    }),
  )
  return found.flat().sort((a, b) => a.seq - b.seq)

  async function ownOf({ seq, mver, emojis }: OwnReactions, bucket: number): Promise<OwnReactions> {
    const keys = emojis.map((emoji) => reactorKey(emoji, userId))
    const rows = await link.read(deadline, SELECT_REACTORS, [channelId, bucket, big(seq), keys])
    const own = new Set(rows.map((row) => String(row.get("key"))))
    return { seq, mver, emojis: emojis.filter((emoji) => own.has(reactorKey(emoji, userId))).sort() }
  }
}
