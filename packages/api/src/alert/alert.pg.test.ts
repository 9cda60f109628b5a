import { MAX_ALERTS, userRoom } from "@hearth/core"
import { schema } from "@hearth/db"
import { consumeMentions } from "@hearth/db/mentions"
import { eq } from "drizzle-orm"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Bed, failureCode, type Person, testBed } from "../test-bed.ts"

let bed: Bed
let ada: Person
let bob: Person
let channelId: string
beforeAll(async () => {
  bed = await testBed()
})
afterAll(() => bed[Symbol.asyncDispose]())
beforeEach(async () => {
  ;[ada, bob] = [await bed.person("Ada"), await bed.person("Bob")]
  const { guild, channels } = await ada.call.guild.create({ name: "Home" })
  channelId = channels[0]?.id ?? ""
  const { code } = await ada.call.invite.create({ guildId: guild.id, expiresInMs: null, maxUses: null })
  await bob.call.invite.join({ code })
})

const add = (word: string) => bob.call.alert.add({ word })
const words = async () => (await bob.call.alert.list({})).items.map(({ word }) => word)
let said = 0
const say = async (content: string, by = ada) => {
  const nonce = `nonce-${String(++said).padStart(12, "0")}`
  await bed.deps.store.append(channelId, [{ authorId: by.userId, nonce, content, replyTo: null }])
  await consumeMentions(bed.db, bed.deps.store, channelId)
}

describe("keywords", () => {
  it("are one's own: cleaned, each once, told to one's devices without what they are, page by page", async () => {
    const since = await bed.head()
    await add("  Blue   glaze ")
    await add("kiln")
    await add("KILN")
    await add("Ünal")
    expect(await words()).toEqual(["Blue glaze", "kiln", "Ünal"])
    const first = await bob.call.alert.list({ limit: 2 })
    expect((await bob.call.alert.list({ limit: 2, cursor: first.next ?? "" })).items).toMatchObject([{ word: "Ünal" }])
    expect((await bed.told(since)).map(({ kind, audience, payload }) => [kind, audience, payload])).toEqual(
      [1, 2, 2, 3].map((count) => ["alerts:changed", userRoom(bob.userId), { count }]),
    )
    expect((await ada.call.alert.list({})).items).toEqual([])
    await bob.call.alert.remove({ word: "Kiln" })
    expect(await words()).toEqual(["Blue glaze", "Ünal"])
  })

  it("are at most so many, so long, and have a letter", async () => {
    for (const word of ["", "   ", "!?", "x".repeat(41)]) expect(await failureCode(add(word))).toBe("BAD_REQUEST")
    await add("😀 x".padEnd(40, "x"))
    for (let i = 1; i < MAX_ALERTS; i++) await add(`word${i}`)
    expect(await failureCode(add("one more"))).toBe("TOO_MANY")
    await add("word1")
    await bob.call.alert.remove({ word: "word1" })
    await add("one more")
  })

  it("bring what has them into Catch up, and say that it is a keyword", async () => {
    await say("the kiln, before anybody asked")
    await add("kiln")
    // Asked for only in an hour.
    await bed.db.update(schema.alerts).set({ since: new Date(Date.now() + 3_600_000) })
    await say("the kiln too early")
    await bob.call.alert.remove({ word: "kiln" })
    await add("kiln")
    await say("the KILN is hot")
    await say("kilns")
    await say("my kiln", bob)
    expect((await bob.call.catchUp.list({})).items).toMatchObject([
      { channelId, asks: 1, why: "keyword", said: { content: "the KILN is hot" } },
    ])
    expect((await bob.bootstrap()).mentions).toEqual({ [channelId]: [3] })
    expect((await ada.bootstrap()).mentions).toBeUndefined()
    await say(`<@${bob.userId}>, the kiln`)
    expect((await bob.call.catchUp.list({})).items).toMatchObject([{ asks: 2, why: "user" }])
  })

  it("of others are no administrator's to read: what happened to a message does not name them", async () => {
    await add("kiln")
    await say("the kiln")
    await bed.db.update(schema.users).set({ isInstanceAdmin: true }).where(eq(schema.users.id, ada.userId))
    const { mentions } = await ada.call.trace.message({ channelId, seq: 1 })
    expect(mentions.rows).toEqual([])
    expect((await bob.bootstrap()).mentions).toEqual({ [channelId]: [1] })
  })
})
