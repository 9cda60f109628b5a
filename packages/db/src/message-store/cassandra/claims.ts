import { bucketOf, type Message, type Snowflake } from "@hearth/core"
import type { types } from "cassandra-driver"
import type { Planned } from "../drafts.ts"
import type { Context } from "./context.ts"
import type { Deadline, Link } from "./link.ts"
import { big, INSERT_CLAIM, SELECT_CLAIMS, SELECT_ROW, toMessage } from "./rows.ts"

export interface Earlier {
  message: Message
  mac: Buffer
}

/**
 * Writes down that this try may give the draft that number, and looks for numbers that earlier tries may have given it: in
 * parallel, both at a quorum, after `head` was learned and before the compare-and-set. So of two tries of one nonce the
 * later one always sees the earlier one's number. Answers the row that already carries the nonce, if there is one.
 */
export const claim = async (
  { link, bodies }: Pick<Context, "link" | "bodies">,
  deadline: Deadline,
  channelId: Snowflake,
  { draft }: Planned,
  seq: number,
  head: number,
): Promise<Earlier | null> => {
  const nonce = [channelId, draft.authorId, draft.nonce]
  const [candidates] = await Promise.all([
    link.read(deadline, SELECT_CLAIMS, nonce),
    link.write(deadline, INSERT_CLAIM, [...nonce, big(seq)]),
  ])
  const numbers = candidates.map((row) => Number(row.get("seq"))).filter((candidate) => candidate <= head)
  const rows = await Promise.all(numbers.map((number) => rowAt(link, deadline, channelId, number)))
  const row = rows.find((r) => r && String(r.get("author_id")) === draft.authorId && r.get("nonce") === draft.nonce)
  return row ? { message: toMessage(bodies, channelId, row), mac: row.get("body_mac") as Buffer } : null
}

/** Whether a row carries the nonce, as far as a quorum knows: claims outlive tries that came to nothing. */
export const isClaimed = async (
  { link }: Pick<Context, "link">,
  deadline: Deadline,
  channelId: Snowflake,
  authorId: Snowflake,
  nonce: string,
): Promise<boolean> => {
  const candidates = await link.read(deadline, SELECT_CLAIMS, [channelId, authorId, nonce])
  const numbers = candidates.map((row) => Number(row.get("seq")))
  const rows = await Promise.all(
    numbers.map((seq) => link.read(deadline, SELECT_ROW, [channelId, bucketOf(seq), big(seq)])),
  )
  return rows.some(([row]) => row && String(row.get("author_id")) === authorId && row.get("nonce") === nonce)
}

/** A row below the head is there; a quorum that does not show it is asked again, linearizably. */
export const rowAt = async (
  link: Link,
  deadline: Deadline,
  channelId: Snowflake,
  seq: number,
): Promise<types.Row | undefined> => {
  const key = [channelId, bucketOf(seq), big(seq)]
  const [row] = await link.read(deadline, SELECT_ROW, key)
  return row ?? (await link.read(deadline, SELECT_ROW, key, { serial: true }))[0]
}
