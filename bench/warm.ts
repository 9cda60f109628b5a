import { randomUUID } from "node:crypto"
import { newSnowflake } from "@hearth/core"
import { deriveKey } from "@hearth/db"
import { openCassandraStore } from "@hearth/db/message-store"
import { KEYSPACE } from "./deployment.ts"

const CHANNELS = 16

/** A store that has been up for a while has compiled what it does most: appends to channels that nobody looks at, for so long. Answers how many. */
export const warmCassandra = async (
  address: { contactPoints: string[]; localDc: string },
  seconds: number,
): Promise<number> => {
  const store = openCassandraStore({
    ...address,
    keyspace: KEYSPACE,
    macKey: deriveKey("a key that guards nothing at all, in a bench", "mac"),
  })
  const until = performance.now() + seconds * 1000
  let appends = 0
  const write = async (channelId: string): Promise<void> => {
    while (performance.now() < until) {
      const draft = { authorId: channelId, nonce: randomUUID(), content: "to be warm", replyTo: null }
      // One that is too slow at first is what this is for.
      await store.append(channelId, [draft]).then(
        () => appends++,
        () => {},
      )
      await store.page(channelId, {}, 50).catch(() => {})
    }
  }
  try {
    await Promise.all(Array.from({ length: CHANNELS }, () => write(newSnowflake())))
  } finally {
    await store.close()
  }
  return appends
}
