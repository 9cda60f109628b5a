import { CONVERSATION_PERMISSIONS, newSnowflake, type Snowflake } from "@hearth/core"
import { addToOutbox, type Database, schema, transact } from "@hearth/db"
import { and, eq } from "drizzle-orm"
import { kick, type TestUser } from "./factories.ts"

/** A conversation of these people, the first of whom began it, as the service makes one: the others have not seen it yet. */
export const makeConversation = (db: Database, people: readonly TestUser[]): Promise<Snowflake> =>
  transact(db, async (tx) => {
    const id = newSnowflake()
    const [first] = people
    if (!first) throw new Error("a conversation of nobody")
    const [lowId, highId] = people.map((p) => p.id).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
    const pair = people.length === 2 ? { lowId, highId } : { ownerId: first.id }
    await tx.insert(schema.guilds).values({ id, name: "", ownerId: first.id })
    await tx
      .insert(schema.roles)
      .values({ id, guildId: id, name: "everyone", position: 0, permissions: CONVERSATION_PERMISSIONS })
    await tx.insert(schema.channels).values({ id, guildId: id, name: "", position: 0 })
    await tx.insert(schema.channelHeads).values({ channelId: id })
    await tx.insert(schema.conversations).values({ id, lastAt: new Date(), ...pair })
    for (const { id: userId, displayName } of people) {
      await tx.insert(schema.members).values({ guildId: id, userId, sortName: displayName.toLowerCase() })
      await tx.insert(schema.conversationMembers).values({ conversationId: id, userId, closed: userId !== first.id })
      addToOutbox(tx, "node", "member:joined", { guildId: id, userId }, { guildId: id, userId })
    }
    return id
  })

export const takeOutOf = async (db: Database, conversationId: Snowflake, userId: Snowflake): Promise<void> => {
  await db
    .delete(schema.conversationMembers)
    .where(
      and(eq(schema.conversationMembers.conversationId, conversationId), eq(schema.conversationMembers.userId, userId)),
    )
  await kick(db, conversationId, userId)
}
