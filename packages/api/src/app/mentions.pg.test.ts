import { schema } from "@hearth/db"
import { consumeMentions } from "@hearth/db/mentions"
import { eq } from "drizzle-orm"
import { expect, it } from "vitest"
import { testBed } from "../test-bed.ts"

it("opening the app tells what addresses one and was not read, and nothing of what one may not view", async () => {
  await using bed = await testBed()
  const { db, store } = bed.deps
  const [owner, guest] = [await bed.person("Owner"), await bed.person("Guest")]
  const { guild, channels } = await owner.call.guild.create({ name: "Home" })
  const { code } = await owner.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  await guest.call.invite.join({ code })
  const channelId = channels[0]?.id ?? ""
  expect(await guest.bootstrap()).not.toHaveProperty("mentions")
  const content = `<@${guest.userId}> <@${owner.userId}>`
  await store.append(channelId, [{ authorId: owner.userId, nonce: "n".repeat(20), content, replyTo: null }])
  await consumeMentions(db, store, channelId)
  expect((await guest.bootstrap()).mentions).toEqual({ [channelId]: [1] })
  expect(await owner.bootstrap()).not.toHaveProperty("mentions")
  await db.update(schema.roles).set({ permissions: 0n }).where(eq(schema.roles.id, guild.id))
  expect(await guest.bootstrap()).not.toHaveProperty("mentions")
})
