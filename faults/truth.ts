import type { Message, Page } from "@hearth/core"
import pg from "pg"
import type { Api } from "../e2e/support/api.ts"
import { openCql } from "./cql.ts"
import type { Deployment } from "./deployment.ts"
import type { Row } from "./history.ts"

/** The fields in one order: rows are compared as JSON. */
export const toRow = ({ seq, id, authorId, nonce, content }: Message): Row => ({
  ...{ seq, id, author: authorId, nonce, body: content },
})

const PAGE = 100

/** H: the whole channel, as somebody reads it who has just come. */
export const pageAll = async (api: Api, channelId: string): Promise<Row[]> => {
  const rows: Row[] = []
  for (;;) {
    const input = { channelId, after: rows.at(-1)?.seq ?? 0, limit: PAGE }
    const { page } = await api.query<{ page: Page }>("message.page", input)
    rows.push(...page.messages.map(toRow))
    if (page.messages.length < PAGE) return rows
  }
}

/** H′: the rows of the store itself, by its own language. */
export const readStored = (deployment: Deployment, channelIds: readonly string[]): Promise<Map<string, Row[]>> =>
  deployment.cassandra ? readCassandra(deployment, channelIds) : readPostgres(deployment, channelIds)

interface Stored {
  seq: unknown
  id: unknown
  author_id: unknown
  nonce: string
  body: Buffer | null
}

const fromStored = ({ seq, id, author_id, nonce, body }: Stored): Row => ({
  ...{ seq: Number(seq), id: String(id), author: String(author_id), nonce, body: body?.toString() ?? "" },
})

const readPostgres = async ({ postgres }: Deployment, channelIds: readonly string[]) => {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  try {
    const logs = new Map<string, Row[]>()
    for (const channelId of channelIds) {
      const text = "select seq, id, author_id, nonce, body from messages where channel_id = $1 order by seq"
      const { rows } = await client.query<Stored>(text, [channelId])
      logs.set(channelId, rows.map(fromStored))
    }
    return logs
  } finally {
    await client.end()
  }
}

const readCassandra = async ({ cassandra }: Deployment, channelIds: readonly string[]) => {
  if (!cassandra) throw new Error("this deployment has no Cassandra")
  const client = openCql(cassandra)
  try {
    const logs = new Map<string, Row[]>()
    for (const channelId of channelIds) {
      const rows: Row[] = []
      const text =
        "select seq, id, author_id, nonce, body from channel_log where channel_id = ? and bucket = ? and kind = 0"
      for (let bucket = 0; ; bucket++) {
        // At most 1,000 rows: one page of the driver.
        const { rows: found } = await client.execute(text, [BigInt(channelId), bucket])
        if (found.length === 0) break
        // The newest come first.
        rows.push(...found.map((row) => fromStored(row as unknown as Stored)).reverse())
      }
      logs.set(channelId, rows)
    }
    return logs
  } finally {
    await client.shutdown()
  }
}
